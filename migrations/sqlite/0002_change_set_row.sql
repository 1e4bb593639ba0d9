-- The assets that one import brought in; the journal's entry binds them by the root hash of their payloads.
create table change_set_row (
    -- code of the territory whose journal holds the import
    territory text not null,
    -- the import's position in that journal
    seq integer not null,
    -- place among the import's assets, from 1 without gaps
    row integer not null,
    -- the record that the row began; an asset enters a territory once
    stream text not null,
    -- the asset as it came in, JSON in UTF-8
    payload blob not null,
    constraint change_set_row_pk primary key (territory, seq, row),
    constraint change_set_row_stream unique (territory, stream),
    constraint change_set_row_counts_from_one check (0 < row)
) strict, without rowid;
