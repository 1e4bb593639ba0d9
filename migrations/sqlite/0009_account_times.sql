-- When an account was opened, and when its person asked to be erased and was.
-- created_at: when it was opened, seconds since 1970-01-01T00:00:00Z; null when nobody wrote it down
alter table account add column created_at integer;
-- erasure_asked_at: when its person asked to be erased, seconds since 1970-01-01T00:00:00Z; null for not
alter table account add column erasure_asked_at integer;
-- erased_at: when its person was erased, seconds since 1970-01-01T00:00:00Z; null for not
alter table account add column erased_at integer;
