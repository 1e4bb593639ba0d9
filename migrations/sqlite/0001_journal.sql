-- The journal: every change of a territory's registry, in order. Rows are only ever added.
create table journal (
    -- code of the territory that keeps this journal
    territory text not null,
    -- position in the territory's journal, from 1 without gaps
    seq integer not null,
    -- when the event was written down, RFC 3339 in UTC, as text because the hash covers these very characters
    recorded_at text not null,
    -- the record that the event concerns, such as asset:<uuid>
    stream text not null,
    -- how often that record has changed, from 1
    version integer not null,
    -- the type of the event
    kind text not null,
    -- the event, JSON in UTF-8
    payload blob not null,
    -- hash of the entry before, 32 bytes; zeros before the first
    previous_hash blob not null,
    -- SHA-256 over the previous hash and this entry, 32 bytes
    hash blob not null,
    constraint journal_pk primary key (territory, seq),
    constraint journal_stream_version unique (territory, stream, version),
    constraint journal_seq_counts_from_one check (0 < seq),
    constraint journal_version_counts_from_one check (0 < version),
    constraint journal_hash_is_sha_256 check (length(previous_hash) = 32 and length(hash) = 32)
) strict;
