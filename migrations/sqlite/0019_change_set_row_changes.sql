-- An import may change or give up assets that came in before, so that a record may be in several imports. SQLite cannot
-- drop a constraint: the table is written anew without the one that allowed a record once.
create table change_set_row_of_any_change (
    -- code of the territory whose journal holds the import
    territory text not null,
    -- the import's position in that journal
    seq integer not null,
    -- place among the import's assets, from 1 without gaps
    row integer not null,
    -- the record that the row begins or changes
    stream text not null,
    -- the asset as it came in, or what the row does to which version of it, JSON in UTF-8
    payload blob not null,
    constraint change_set_row_pk primary key (territory, seq, row),
    constraint change_set_row_counts_from_one check (0 < row)
) strict, without rowid;

insert into change_set_row_of_any_change select territory, seq, row, stream, payload from change_set_row;
drop table change_set_row;
alter table change_set_row_of_any_change rename to change_set_row;

-- An asset's history finds the imports that it was in.
create unique index change_set_row_stream on change_set_row (territory, stream, seq);
