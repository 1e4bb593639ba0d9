-- Which identity of a sign-on service is which account.
create table sign_on_identity (
    -- the service, as its tokens name it
    issuer text not null,
    -- the identity there
    subject text not null,
    -- the account
    account blob not null,
    -- since when, seconds since 1970-01-01T00:00:00Z
    linked_at integer not null,
    constraint sign_on_identity_pk primary key (issuer, subject),
    constraint sign_on_identity_account foreign key (account) references account (id) on delete cascade,
    constraint sign_on_identity_one_per_issuer unique (account, issuer)
) strict;
