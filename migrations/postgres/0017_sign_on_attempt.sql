create table sign_on_attempt (
    state_hash bytea not null,
    browser_hash bytea not null,
    nonce text not null,
    verifier text not null,
    return_to text not null,
    expires_at bigint not null,
    constraint sign_on_attempt_pk primary key (state_hash)
);

comment on table sign_on_attempt is
    'Sign-ons under way: what the provider''s answer must match, once.';
comment on column sign_on_attempt.state_hash is
    'SHA-256 of the state, 32 bytes';
comment on column sign_on_attempt.browser_hash is
    'SHA-256 of the cookie of the browser that began it, 32 bytes';
comment on column sign_on_attempt.nonce is
    'what the identity token must repeat';
comment on column sign_on_attempt.verifier is
    'what proves that this server began it (PKCE)';
comment on column sign_on_attempt.return_to is
    'path on this site to go on to';
comment on column sign_on_attempt.expires_at is
    'when it ends, seconds since 1970-01-01T00:00:00Z';
