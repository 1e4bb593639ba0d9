drop table session;

create table session (
    token_hash bytea not null,
    id uuid not null,
    account uuid not null,
    stage text collate "C" not null,
    began_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    address text,
    client text,
    constraint session_pk primary key (token_hash),
    constraint session_account foreign key (account) references account (id) on delete cascade,
    constraint session_id unique (id),
    constraint session_token_hash_is_sha_256 check (length(token_hash) = 32),
    constraint session_stage_is_known check (stage in ('full', 'second_factor', 'enrolment'))
);

comment on table session is
    'Who is signed in, or on the way to it. The token itself is known to the browser alone.';
comment on column session.token_hash is
    'SHA-256 of the token, 32 bytes';
comment on column session.id is
    'by which the session is listed and ended';
comment on column session.account is
    'the account that signed in';
comment on column session.stage is
    '`full`, or what is still missing: `second_factor`, `enrolment`';
comment on column session.began_at is
    'when it began, seconds since 1970-01-01T00:00:00Z';
comment on column session.seen_at is
    'when it was last used, to the minute, seconds since 1970-01-01T00:00:00Z';
comment on column session.expires_at is
    'when it ends however much it is used, seconds since 1970-01-01T00:00:00Z';
comment on column session.address is
    'network address that it began from; null when unknown';
comment on column session.client is
    'what the browser said it was, shortened; null when it said nothing';

-- Ending all sessions of an account reads only its own.
create index session_by_account on session (account);
