-- Collation "C" orders and compares bytes, as SQLite does.
create table access_log (
    territory text collate "C" not null,
    seq bigint not null,
    at_us bigint not null,
    kind text collate "C" not null,
    account uuid,
    role text collate "C" not null,
    organisation text collate "C",
    about text not null,
    count bigint not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint access_log_pk primary key (territory, seq),
    constraint access_log_seq_counts_from_one check (0 < seq),
    constraint access_log_hash_is_sha_256 check (length(previous_hash) = 32 and length(hash) = 32)
);

-- An auditor looks for what one account did.
create index access_log_by_account on access_log (territory, account, seq);

comment on table access_log is
    'The access log: who signed in, was refused, read what is restricted, exported or changed. Rows are only ever added. It names accounts by identity and keeps no personal data, so it is kept as long as the journal beside it.';
comment on column access_log.territory is
    'code of the territory that keeps this log';
comment on column access_log.seq is
    'position in the log, from 1 without gaps';
comment on column access_log.at_us is
    'when, microseconds since 1970-01-01T00:00:00Z';
comment on column access_log.kind is
    'what, a word of the code list of kinds of access';
comment on column access_log.account is
    'UUID of the account; null when nobody had signed in';
comment on column access_log.role is
    'what the account might be then, a word of the code list of roles';
comment on column access_log.organisation is
    'code of the organisation that it acted for then; null for none';
comment on column access_log.about is
    'what it concerned; never a person or a secret';
comment on column access_log.count is
    'how many records, or accesses alike';
comment on column access_log.previous_hash is
    'hash of the entry before, 32 bytes; zeros before the first';
comment on column access_log.hash is
    'SHA-256 over the previous hash and this entry, 32 bytes';
