-- Collation "C" orders and compares bytes, as SQLite does.
create table journal (
    territory text collate "C" not null,
    seq bigint not null,
    recorded_at text not null,
    stream text collate "C" not null,
    version bigint not null,
    kind text not null,
    payload bytea not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint journal_pk primary key (territory, seq),
    constraint journal_stream_version unique (territory, stream, version),
    constraint journal_seq_counts_from_one check (0 < seq),
    constraint journal_version_counts_from_one check (0 < version),
    constraint journal_hash_is_sha_256 check (length(previous_hash) = 32 and length(hash) = 32)
);

comment on table journal is
    'The journal: every change of a territory''s registry, in order. Rows are only ever added.';
comment on column journal.territory is
    'code of the territory that keeps this journal';
comment on column journal.seq is
    'position in the territory''s journal, from 1 without gaps';
comment on column journal.recorded_at is
    'when the event was written down, RFC 3339 in UTC, as text because the hash covers these very characters';
comment on column journal.stream is
    'the record that the event concerns, such as asset:<uuid>';
comment on column journal.version is
    'how often that record has changed, from 1';
comment on column journal.kind is
    'the type of the event';
comment on column journal.payload is
    'the event, JSON in UTF-8';
comment on column journal.previous_hash is
    'hash of the entry before, 32 bytes; zeros before the first';
comment on column journal.hash is
    'SHA-256 over the previous hash and this entry, 32 bytes';
