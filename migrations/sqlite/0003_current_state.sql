-- What every record is now: the journal folded, so that a node starts without reading history.
create table current_state (
    -- code of the territory
    territory text not null,
    -- the record, such as asset:<uuid>
    stream text not null,
    -- how often it has changed, from 1
    version integer not null,
    -- position of its last change in the territory's journal
    seq integer not null,
    -- what kind of record it is: the part of the stream before the colon
    kind text not null,
    -- what an owner knows an asset by, owner/class/code; null where it has no code
    identity text,
    -- the record, JSON in UTF-8
    state blob not null,
    constraint current_state_pk primary key (territory, stream),
    constraint current_state_identity unique (territory, identity),
    constraint current_state_version_counts_from_one check (0 < version)
) strict;
