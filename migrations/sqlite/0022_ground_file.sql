-- Files about the ground, terrain and grids of people, by the hash that the journal names them by.
create table ground_file (
    -- the territory
    territory text not null,
    -- SHA-256 of the bytes, 32 bytes
    sha256 blob not null,
    -- the file as it was handed in
    bytes blob not null,
    constraint ground_file_pk primary key (territory, sha256),
    constraint ground_file_sha256_is_sha_256 check (length(sha256) = 32)
) strict;
