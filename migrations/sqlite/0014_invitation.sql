-- One-time codes to choose a password with: for a new account, after a reset, and for the first operator.
create table invitation (
    -- SHA-256 of the code, 32 bytes
    code_hash blob not null,
    -- whose password; null for the first operator, who has no account yet
    account blob,
    -- when it ends, seconds since 1970-01-01T00:00:00Z
    expires_at integer not null,
    constraint invitation_pk primary key (code_hash),
    constraint invitation_account foreign key (account) references account (id) on delete cascade,
    constraint invitation_code_hash_is_sha_256 check (length(code_hash) = 32)
) strict;

-- A new code replaces the one before.
create index invitation_by_account on invitation (account);
