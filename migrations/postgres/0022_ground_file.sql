create table ground_file (
    territory text not null,
    sha256 bytea not null,
    bytes bytea not null,
    constraint ground_file_pk primary key (territory, sha256),
    constraint ground_file_sha256_is_sha_256 check (length(sha256) = 32)
);

comment on table ground_file is
    'Files about the ground, terrain and grids of people, by the hash that the journal names them by.';
comment on column ground_file.territory is
    'the territory';
comment on column ground_file.sha256 is
    'SHA-256 of the bytes, 32 bytes';
comment on column ground_file.bytes is
    'the file as it was handed in';
