create table recovery_code (
    account uuid not null,
    code_hash bytea not null,
    constraint recovery_code_pk primary key (account, code_hash),
    constraint recovery_code_account foreign key (account) references account (id) on delete cascade,
    constraint recovery_code_hash_is_sha_256 check (length(code_hash) = 32)
);

comment on table recovery_code is
    'Codes that stand in for a lost second factor, once each.';
comment on column recovery_code.account is
    'the account';
comment on column recovery_code.code_hash is
    'SHA-256 of the code, 32 bytes';
