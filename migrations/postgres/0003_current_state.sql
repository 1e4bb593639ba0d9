-- Collation "C" orders and compares bytes, as SQLite does.
create table current_state (
    territory text collate "C" not null,
    stream text collate "C" not null,
    version bigint not null,
    seq bigint not null,
    kind text not null,
    identity text collate "C",
    state bytea not null,
    constraint current_state_pk primary key (territory, stream),
    constraint current_state_identity unique (territory, identity),
    constraint current_state_version_counts_from_one check (0 < version)
);

comment on table current_state is
    'What every record is now: the journal folded, so that a node starts without reading history.';
comment on column current_state.territory is
    'code of the territory';
comment on column current_state.stream is
    'the record, such as asset:<uuid>';
comment on column current_state.version is
    'how often it has changed, from 1';
comment on column current_state.seq is
    'position of its last change in the territory''s journal';
comment on column current_state.kind is
    'what kind of record it is: the part of the stream before the colon';
comment on column current_state.identity is
    'what an owner knows an asset by, owner/class/code; null where it has no code';
comment on column current_state.state is
    'the record, JSON in UTF-8';
