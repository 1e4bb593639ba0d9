-- How often signing in has failed lately, shared by all nodes; kept for names that do not exist too.
create table sign_in_limit (
    -- whose failures: `name:` and SHA-256 of an account name in hexadecimal, or `address:` and a network address
    subject text not null,
    -- attempts since the window began that have not ended well
    failures integer not null,
    -- when the window began, seconds since 1970-01-01T00:00:00Z
    began_at integer not null,
    -- nothing is tried before then, seconds since 1970-01-01T00:00:00Z; 0 for not locked
    locked_until integer not null,
    -- how often it was locked without a success in between
    locks integer not null,
    constraint sign_in_limit_pk primary key (subject)
) strict;

-- Old rows are found and dropped: an address is not kept longer than it is needed.
create index sign_in_limit_by_age on sign_in_limit (began_at);
