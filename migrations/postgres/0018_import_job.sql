-- Collation "C" orders and compares bytes, as SQLite does.
create table import_job (
    id uuid not null,
    territory text collate "C" not null,
    owner text collate "C",
    account uuid,
    idempotency_key text collate "C",
    created_at text collate "C" not null,
    state text collate "C" not null,
    revision bigint not null,
    file text collate "C" not null,
    file_sha256 bytea not null,
    size bigint not null,
    details bytea not null,
    constraint import_job_pk primary key (id),
    constraint import_job_key unique (account, idempotency_key),
    constraint import_job_hash_is_sha_256 check (length(file_sha256) = 32),
    constraint import_job_revision_counts_from_one check (0 < revision)
);

comment on table import_job is
    'A file on its way in, from its upload to its receipt. Outside the journal: nothing of it is in the registry before it is committed, and a file that was given up leaves nothing behind but this row.';
comment on column import_job.id is
    'UUID';
comment on column import_job.territory is
    'code of the territory that it goes to';
comment on column import_job.owner is
    'code of the organisation whose assets it holds; null where a column names the owner';
comment on column import_job.account is
    'the account that uploaded it, UUID; null for the installation''s own commands';
comment on column import_job.idempotency_key is
    'a text of the client''s by which it recognises an upload that it repeats; null for none';
comment on column import_job.created_at is
    'when it was uploaded, RFC 3339 in UTC';
comment on column import_job.state is
    'how far it has come, a word of the code list of import states';
comment on column import_job.revision is
    'counts up with every change of this row, so that two people do not overwrite each other';
comment on column import_job.file is
    'the file''s name without its folders';
comment on column import_job.file_sha256 is
    'SHA-256 of the file''s bytes, 32 bytes';
comment on column import_job.size is
    'the file''s size in bytes';
comment on column import_job.details is
    'everything else of it: how it is read, the report, what it would change, the receipt; JSON in UTF-8';

create index import_job_by_owner on import_job (owner, created_at);

create table import_part (
    import uuid not null,
    part bigint not null,
    bytes bytea not null,
    constraint import_part_pk primary key (import, part),
    constraint import_part_import foreign key (import) references import_job (id) on delete cascade
);

comment on table import_part is
    'The file''s bytes, in parts, until the import is committed or given up.';
comment on column import_part.import is
    'the import';
comment on column import_part.part is
    'place of the part in the file, from 1 without gaps';
comment on column import_part.bytes is
    'up to 1 MiB of the file';

create table import_row (
    import uuid not null,
    row bigint not null,
    action text collate "C" not null,
    stream text collate "C" not null,
    version bigint not null,
    file_rows text collate "C" not null,
    asset bytea not null,
    constraint import_row_pk primary key (import, row),
    constraint import_row_import foreign key (import) references import_job (id) on delete cascade,
    constraint import_row_version_counts_from_one check (0 < version)
);

comment on table import_row is
    'What an import would do to each asset, until it is given up.';
comment on column import_row.import is
    'the import';
comment on column import_row.row is
    'place among the import''s assets, from 1 without gaps';
comment on column import_row.action is
    'what it would do, a word of the code list of row actions';
comment on column import_row.stream is
    'the record, such as asset:<uuid>';
comment on column import_row.version is
    'the version that the record would come to; for an unchanged one, that it has';
comment on column import_row.file_rows is
    'the file''s rows that say so, first one first, with commas between; empty for what the file does not have';
comment on column import_row.asset is
    'the asset as it would be, JSON in UTF-8';

create index import_row_by_action on import_row (import, action, row);
