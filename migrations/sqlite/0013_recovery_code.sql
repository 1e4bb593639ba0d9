-- Codes that stand in for a lost second factor, once each.
create table recovery_code (
    -- the account
    account blob not null,
    -- SHA-256 of the code, 32 bytes
    code_hash blob not null,
    constraint recovery_code_pk primary key (account, code_hash),
    constraint recovery_code_account foreign key (account) references account (id) on delete cascade,
    constraint recovery_code_hash_is_sha_256 check (length(code_hash) = 32)
) strict;
