create table invitation (
    code_hash bytea not null,
    account uuid,
    expires_at bigint not null,
    constraint invitation_pk primary key (code_hash),
    constraint invitation_account foreign key (account) references account (id) on delete cascade,
    constraint invitation_code_hash_is_sha_256 check (length(code_hash) = 32)
);

comment on table invitation is
    'One-time codes to choose a password with: for a new account, after a reset, and for the first operator.';
comment on column invitation.code_hash is
    'SHA-256 of the code, 32 bytes';
comment on column invitation.account is
    'whose password; null for the first operator, who has no account yet';
comment on column invitation.expires_at is
    'when it ends, seconds since 1970-01-01T00:00:00Z';

-- A new code replaces the one before.
create index invitation_by_account on invitation (account);
