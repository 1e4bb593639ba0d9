create table sign_in_limit (
    subject text collate "C" not null,
    failures bigint not null,
    began_at bigint not null,
    locked_until bigint not null,
    locks bigint not null,
    constraint sign_in_limit_pk primary key (subject)
);

comment on table sign_in_limit is
    'How often signing in has failed lately, shared by all nodes; kept for names that do not exist too.';
comment on column sign_in_limit.subject is
    'whose failures: `name:` and SHA-256 of an account name in hexadecimal, or `address:` and a network address';
comment on column sign_in_limit.failures is
    'attempts since the window began that have not ended well';
comment on column sign_in_limit.began_at is
    'when the window began, seconds since 1970-01-01T00:00:00Z';
comment on column sign_in_limit.locked_until is
    'nothing is tried before then, seconds since 1970-01-01T00:00:00Z; 0 for not locked';
comment on column sign_in_limit.locks is
    'how often it was locked without a success in between';

-- Old rows are found and dropped: an address is not kept longer than it is needed.
create index sign_in_limit_by_age on sign_in_limit (began_at);
