-- Sign-ons under way: what the provider's answer must match, once.
create table sign_on_attempt (
    -- SHA-256 of the state, 32 bytes
    state_hash blob not null,
    -- SHA-256 of the cookie of the browser that began it, 32 bytes
    browser_hash blob not null,
    -- what the identity token must repeat
    nonce text not null,
    -- what proves that this server began it (PKCE)
    verifier text not null,
    -- path on this site to go on to
    return_to text not null,
    -- when it ends, seconds since 1970-01-01T00:00:00Z
    expires_at integer not null,
    constraint sign_on_attempt_pk primary key (state_hash)
) strict;
