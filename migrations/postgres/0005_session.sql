create table session (
    token_hash bytea not null,
    account uuid not null,
    expires_at bigint not null,
    constraint session_pk primary key (token_hash),
    constraint session_account foreign key (account) references account (id) on delete cascade,
    constraint session_token_hash_is_sha_256 check (length(token_hash) = 32)
);

comment on table session is
    'Who is signed in. The token itself is known to the browser alone.';
comment on column session.token_hash is
    'SHA-256 of the token, 32 bytes';
comment on column session.account is
    'the account that signed in';
comment on column session.expires_at is
    'when the session ends, seconds since 1970-01-01T00:00:00Z';

-- Erasing an account finds its sessions without reading all of them.
create index session_by_account on session (account);
