create table coverage_run (
    territory text not null,
    input_hash bytea not null,
    inputs bytea not null,
    seq bigint not null,
    tiles bigint not null,
    started_at_us bigint not null,
    finished_at_us bigint,
    result_hash bytea,
    constraint coverage_run_pk primary key (territory, input_hash),
    constraint coverage_run_input_hash_is_sha_256 check (length(input_hash) = 32),
    constraint coverage_run_result_hash_is_sha_256 check (length(result_hash) = 32),
    constraint coverage_run_is_finished_with_a_result check ((finished_at_us is null) = (result_hash is null))
);

comment on table coverage_run is
    'Coverage runs with everything they were computed from, so that each can be computed again to the last byte.';
comment on column coverage_run.territory is
    'the territory';
comment on column coverage_run.input_hash is
    'SHA-256 of the inputs'' bytes, 32 bytes: the same inputs are the same run';
comment on column coverage_run.inputs is
    'question, model and version, figures with sources and dates, raster, land, stations; JSON, gzip';
comment on column coverage_run.seq is
    'the journal position that the inputs were read at';
comment on column coverage_run.tiles is
    'pieces that the raster is cut into';
comment on column coverage_run.started_at_us is
    'microseconds since 1970-01-01T00:00:00Z';
comment on column coverage_run.finished_at_us is
    'microseconds since 1970-01-01T00:00:00Z; null while pieces are missing';
comment on column coverage_run.result_hash is
    'SHA-256 of all pieces'' hashes in their order, 32 bytes; null while pieces are missing';

create table coverage_tile (
    territory text not null,
    input_hash bytea not null,
    number bigint not null,
    result_hash bytea not null,
    cells bytea not null,
    constraint coverage_tile_pk primary key (territory, input_hash, number),
    constraint coverage_tile_run foreign key (territory, input_hash)
        references coverage_run (territory, input_hash) on delete cascade,
    constraint coverage_tile_result_hash_is_sha_256 check (length(result_hash) = 32)
);

comment on table coverage_tile is
    'One piece of a run''s raster. A run that was broken off goes on with the pieces that are not here.';
comment on column coverage_tile.territory is
    'the territory';
comment on column coverage_tile.input_hash is
    'the run';
comment on column coverage_tile.number is
    'the piece, from 0, row by row from the south-west';
comment on column coverage_tile.result_hash is
    'SHA-256 of the cells'' bytes before compression, 32 bytes';
comment on column coverage_tile.cells is
    'for each cell probability, best server and operators; gzip';
