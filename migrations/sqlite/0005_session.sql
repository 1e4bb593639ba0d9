-- Who is signed in. The token itself is known to the browser alone.
create table session (
    -- SHA-256 of the token, 32 bytes
    token_hash blob not null,
    -- the account that signed in
    account blob not null,
    -- when the session ends, seconds since 1970-01-01T00:00:00Z
    expires_at integer not null,
    constraint session_pk primary key (token_hash),
    constraint session_account foreign key (account) references account (id) on delete cascade,
    constraint session_token_hash_is_sha_256 check (length(token_hash) = 32)
) strict;

-- Erasing an account finds its sessions without reading all of them.
create index session_by_account on session (account);
