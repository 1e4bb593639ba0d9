drop table session;

-- Who is signed in, or on the way to it. The token itself is known to the browser alone.
create table session (
    -- SHA-256 of the token, 32 bytes
    token_hash blob not null,
    -- by which the session is listed and ended
    id blob not null,
    -- the account that signed in
    account blob not null,
    -- `full`, or what is still missing: `second_factor`, `enrolment`
    stage text not null,
    -- when it began, seconds since 1970-01-01T00:00:00Z
    began_at integer not null,
    -- when it was last used, to the minute, seconds since 1970-01-01T00:00:00Z
    seen_at integer not null,
    -- when it ends however much it is used, seconds since 1970-01-01T00:00:00Z
    expires_at integer not null,
    -- network address that it began from; null when unknown
    address text,
    -- what the browser said it was, shortened; null when it said nothing
    client text,
    constraint session_pk primary key (token_hash),
    constraint session_account foreign key (account) references account (id) on delete cascade,
    constraint session_id unique (id),
    constraint session_token_hash_is_sha_256 check (length(token_hash) = 32),
    constraint session_stage_is_known check (stage in ('full', 'second_factor', 'enrolment'))
) strict;

-- Ending all sessions of an account reads only its own.
create index session_by_account on session (account);
