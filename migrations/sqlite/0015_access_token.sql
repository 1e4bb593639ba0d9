-- Tokens of programs that act for an account. The token itself was shown once.
create table access_token (
    -- by which it is listed and revoked
    id blob not null,
    -- SHA-256 of the token, 32 bytes
    token_hash blob not null,
    -- the account that it acts for
    account blob not null,
    -- what its owner calls it
    name text not null,
    -- what it may do, words separated by spaces
    scopes text not null,
    -- when it was made, seconds since 1970-01-01T00:00:00Z
    created_at integer not null,
    -- when it ends, seconds since 1970-01-01T00:00:00Z
    expires_at integer not null,
    -- when it was last used, to the minute, seconds since 1970-01-01T00:00:00Z; null for never
    used_at integer,
    -- when it was revoked, seconds since 1970-01-01T00:00:00Z; null for not
    revoked_at integer,
    constraint access_token_pk primary key (id),
    constraint access_token_account foreign key (account) references account (id) on delete cascade,
    constraint access_token_hash unique (token_hash),
    constraint access_token_hash_is_sha_256 check (length(token_hash) = 32)
) strict;

-- An account's tokens are listed without reading all.
create index access_token_by_account on access_token (account);
