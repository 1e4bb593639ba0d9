-- A file on its way in, from its upload to its receipt. Outside the journal: nothing of it is in the registry before it is
-- committed, and a file that was given up leaves nothing behind but this row.
create table import_job (
    -- UUID, 16 bytes
    id blob not null,
    -- code of the territory that it goes to
    territory text not null,
    -- code of the organisation whose assets it holds; null where a column names the owner
    owner text,
    -- the account that uploaded it, UUID; null for the installation's own commands
    account blob,
    -- a text of the client's by which it recognises an upload that it repeats; null for none
    idempotency_key text,
    -- when it was uploaded, RFC 3339 in UTC
    created_at text not null,
    -- how far it has come, a word of the code list of import states
    state text not null,
    -- counts up with every change of this row, so that two people do not overwrite each other
    revision integer not null,
    -- the file's name without its folders
    file text not null,
    -- SHA-256 of the file's bytes, 32 bytes
    file_sha256 blob not null,
    -- the file's size in bytes
    size integer not null,
    -- everything else of it: how it is read, the report, what it would change, the receipt; JSON in UTF-8
    details blob not null,
    constraint import_job_pk primary key (id),
    constraint import_job_key unique (account, idempotency_key),
    constraint import_job_hash_is_sha_256 check (length(file_sha256) = 32),
    constraint import_job_revision_counts_from_one check (0 < revision)
) strict;

create index import_job_by_owner on import_job (owner, created_at);

-- The file's bytes, in parts, until the import is committed or given up.
create table import_part (
    -- the import
    import blob not null,
    -- place of the part in the file, from 1 without gaps
    part integer not null,
    -- up to 1 MiB of the file
    bytes blob not null,
    constraint import_part_pk primary key (import, part),
    constraint import_part_import foreign key (import) references import_job (id) on delete cascade
) strict;

-- What an import would do to each asset, until it is given up.
create table import_row (
    -- the import
    import blob not null,
    -- place among the import's assets, from 1 without gaps
    row integer not null,
    -- what it would do, a word of the code list of row actions
    action text not null,
    -- the record, such as asset:<uuid>
    stream text not null,
    -- the version that the record would come to; for an unchanged one, that it has
    version integer not null,
    -- the file's rows that say so, first one first, with commas between; empty for what the file does not have
    file_rows text not null,
    -- the asset as it would be, JSON in UTF-8
    asset blob not null,
    constraint import_row_pk primary key (import, row),
    constraint import_row_import foreign key (import) references import_job (id) on delete cascade,
    constraint import_row_version_counts_from_one check (0 < version)
) strict, without rowid;

create index import_row_by_action on import_row (import, action, row);
