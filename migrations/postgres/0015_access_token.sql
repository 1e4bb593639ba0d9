create table access_token (
    id uuid not null,
    token_hash bytea not null,
    account uuid not null,
    name text not null,
    scopes text collate "C" not null,
    created_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    revoked_at bigint,
    constraint access_token_pk primary key (id),
    constraint access_token_account foreign key (account) references account (id) on delete cascade,
    constraint access_token_hash unique (token_hash),
    constraint access_token_hash_is_sha_256 check (length(token_hash) = 32)
);

comment on table access_token is
    'Tokens of programs that act for an account. The token itself was shown once.';
comment on column access_token.id is
    'by which it is listed and revoked';
comment on column access_token.token_hash is
    'SHA-256 of the token, 32 bytes';
comment on column access_token.account is
    'the account that it acts for';
comment on column access_token.name is
    'what its owner calls it';
comment on column access_token.scopes is
    'what it may do, words separated by spaces';
comment on column access_token.created_at is
    'when it was made, seconds since 1970-01-01T00:00:00Z';
comment on column access_token.expires_at is
    'when it ends, seconds since 1970-01-01T00:00:00Z';
comment on column access_token.used_at is
    'when it was last used, to the minute, seconds since 1970-01-01T00:00:00Z; null for never';
comment on column access_token.revoked_at is
    'when it was revoked, seconds since 1970-01-01T00:00:00Z; null for not';

-- An account's tokens are listed without reading all.
create index access_token_by_account on access_token (account);
