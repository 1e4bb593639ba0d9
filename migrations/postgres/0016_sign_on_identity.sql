create table sign_on_identity (
    issuer text collate "C" not null,
    subject text collate "C" not null,
    account uuid not null,
    linked_at bigint not null,
    constraint sign_on_identity_pk primary key (issuer, subject),
    constraint sign_on_identity_account foreign key (account) references account (id) on delete cascade,
    constraint sign_on_identity_one_per_issuer unique (account, issuer)
);

comment on table sign_on_identity is
    'Which identity of a sign-on service is which account.';
comment on column sign_on_identity.issuer is
    'the service, as its tokens name it';
comment on column sign_on_identity.subject is
    'the identity there';
comment on column sign_on_identity.account is
    'the account';
comment on column sign_on_identity.linked_at is
    'since when, seconds since 1970-01-01T00:00:00Z';
