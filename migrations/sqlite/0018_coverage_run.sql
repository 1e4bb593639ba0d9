-- Coverage runs with everything they were computed from, so that each can be computed again to the last byte.
create table coverage_run (
    -- the territory
    territory text not null,
    -- SHA-256 of the inputs' bytes, 32 bytes: the same inputs are the same run
    input_hash blob not null,
    -- question, model and version, figures with sources and dates, raster, land, stations; JSON, gzip
    inputs blob not null,
    -- the journal position that the inputs were read at
    seq integer not null,
    -- pieces that the raster is cut into
    tiles integer not null,
    -- microseconds since 1970-01-01T00:00:00Z
    started_at_us integer not null,
    -- microseconds since 1970-01-01T00:00:00Z; null while pieces are missing
    finished_at_us integer,
    -- SHA-256 of all pieces' hashes in their order, 32 bytes; null while pieces are missing
    result_hash blob,
    constraint coverage_run_pk primary key (territory, input_hash),
    constraint coverage_run_input_hash_is_sha_256 check (length(input_hash) = 32),
    constraint coverage_run_result_hash_is_sha_256 check (length(result_hash) = 32),
    constraint coverage_run_is_finished_with_a_result check ((finished_at_us is null) = (result_hash is null))
) strict;

-- One piece of a run's raster. A run that was broken off goes on with the pieces that are not here.
create table coverage_tile (
    -- the territory
    territory text not null,
    -- the run
    input_hash blob not null,
    -- the piece, from 0, row by row from the south-west
    number integer not null,
    -- SHA-256 of the cells' bytes before compression, 32 bytes
    result_hash blob not null,
    -- for each cell probability, best server and operators; gzip
    cells blob not null,
    constraint coverage_tile_pk primary key (territory, input_hash, number),
    constraint coverage_tile_run foreign key (territory, input_hash)
        references coverage_run (territory, input_hash) on delete cascade,
    constraint coverage_tile_result_hash_is_sha_256 check (length(result_hash) = 32)
) strict;
