-- Collation "C" orders and compares bytes, as SQLite does.
create table change_set_row (
    territory text collate "C" not null,
    seq bigint not null,
    row bigint not null,
    stream text collate "C" not null,
    payload bytea not null,
    constraint change_set_row_pk primary key (territory, seq, row),
    constraint change_set_row_stream unique (territory, stream),
    constraint change_set_row_counts_from_one check (0 < row)
);

comment on table change_set_row is
    'The assets that one import brought in; the journal''s entry binds them by the root hash of their payloads.';
comment on column change_set_row.territory is
    'code of the territory whose journal holds the import';
comment on column change_set_row.seq is
    'the import''s position in that journal';
comment on column change_set_row.row is
    'place among the import''s assets, from 1 without gaps';
comment on column change_set_row.stream is
    'the record that the row began; an asset enters a territory once';
comment on column change_set_row.payload is
    'the asset as it came in, JSON in UTF-8';
