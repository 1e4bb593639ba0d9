-- Collation "C" orders and compares bytes, as SQLite does.
create table account (
    id uuid not null,
    name text collate "C" not null,
    display_name text not null,
    password_hash text not null,
    role text not null,
    organisation text,
    disabled boolean not null,
    constraint account_pk primary key (id),
    constraint account_name unique (name)
);

comment on table account is
    'Who may sign in. Outside the journal, which knows accounts by id only, so that a person can be erased.';
comment on column account.id is
    'UUID';
comment on column account.name is
    'what is typed to sign in';
comment on column account.display_name is
    'how the person is shown to others';
comment on column account.password_hash is
    'PHC string of the password''s hash';
comment on column account.role is
    'what the account may be, a word of the code list of roles';
comment on column account.organisation is
    'code of the organisation that it acts for; null for none';
comment on column account.disabled is
    'whether it may no longer sign in';
