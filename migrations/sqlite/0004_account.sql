-- Who may sign in. Outside the journal, which knows accounts by id only, so that a person can be erased.
create table account (
    -- UUID, 16 bytes
    id blob not null,
    -- what is typed to sign in
    name text not null,
    -- how the person is shown to others
    display_name text not null,
    -- PHC string of the password's hash
    password_hash text not null,
    -- what the account may be, a word of the code list of roles
    role text not null,
    -- code of the organisation that it acts for; null for none
    organisation text,
    -- 1 when it may no longer sign in, else 0
    disabled integer not null,
    constraint account_pk primary key (id),
    constraint account_name unique (name),
    constraint account_disabled_is_boolean check (disabled in (0, 1))
) strict;
