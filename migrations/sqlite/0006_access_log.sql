-- The access log: who signed in, was refused, read what is restricted, exported or changed. Rows are only ever added.
-- It names accounts by identity and keeps no personal data, so it is kept as long as the journal beside it.
create table access_log (
    -- code of the territory that keeps this log
    territory text not null,
    -- position in the log, from 1 without gaps
    seq integer not null,
    -- when, microseconds since 1970-01-01T00:00:00Z
    at_us integer not null,
    -- what, a word of the code list of kinds of access
    kind text not null,
    -- UUID of the account, 16 bytes; null when nobody had signed in
    account blob,
    -- what the account might be then, a word of the code list of roles
    role text not null,
    -- code of the organisation that it acted for then; null for none
    organisation text,
    -- what it concerned; never a person or a secret
    about text not null,
    -- how many records, or accesses alike
    count integer not null,
    -- hash of the entry before, 32 bytes; zeros before the first
    previous_hash blob not null,
    -- SHA-256 over the previous hash and this entry, 32 bytes
    hash blob not null,
    constraint access_log_pk primary key (territory, seq),
    constraint access_log_seq_counts_from_one check (0 < seq),
    constraint access_log_hash_is_sha_256 check (length(previous_hash) = 32 and length(hash) = 32)
) strict;

-- An auditor looks for what one account did.
create index access_log_by_account on access_log (territory, account, seq);
