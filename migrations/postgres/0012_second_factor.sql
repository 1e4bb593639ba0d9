create table second_factor (
    account uuid not null,
    secret bytea not null,
    confirmed boolean not null,
    used_step bigint not null,
    constraint second_factor_pk primary key (account),
    constraint second_factor_account foreign key (account) references account (id) on delete cascade
);

comment on table second_factor is
    'The secrets behind six-digit codes.';
comment on column second_factor.account is
    'the account';
comment on column second_factor.secret is
    'key of HMAC-SHA-1, 20 bytes';
comment on column second_factor.confirmed is
    'whether a code of it has been given; 1 or true once it counts';
comment on column second_factor.used_step is
    'the last 30-second step whose code was taken; no code counts twice';
