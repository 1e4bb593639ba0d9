-- When an account was opened, and when its person asked to be erased and was.
alter table account add column created_at bigint;
alter table account add column erasure_asked_at bigint;
alter table account add column erased_at bigint;

comment on column account.created_at is
    'when it was opened, seconds since 1970-01-01T00:00:00Z; null when nobody wrote it down';
comment on column account.erasure_asked_at is
    'when its person asked to be erased, seconds since 1970-01-01T00:00:00Z; null for not';
comment on column account.erased_at is
    'when its person was erased, seconds since 1970-01-01T00:00:00Z; null for not';
