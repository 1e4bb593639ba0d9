-- An import may change or give up assets that came in before, so that a record may be in several imports.
alter table change_set_row drop constraint change_set_row_stream;

-- An asset's history finds the imports that it was in.
create unique index change_set_row_stream on change_set_row (territory, stream, seq);

comment on column change_set_row.stream is 'the record that the row begins or changes';
comment on column change_set_row.payload is
    'the asset as it came in, or what the row does to which version of it, JSON in UTF-8';
