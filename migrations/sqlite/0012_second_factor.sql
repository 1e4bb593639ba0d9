-- The secrets behind six-digit codes.
create table second_factor (
    -- the account
    account blob not null,
    -- key of HMAC-SHA-1, 20 bytes
    secret blob not null,
    -- whether a code of it has been given; 1 or true once it counts
    confirmed integer not null,
    -- the last 30-second step whose code was taken; no code counts twice
    used_step integer not null,
    constraint second_factor_pk primary key (account),
    constraint second_factor_account foreign key (account) references account (id) on delete cascade
) strict;
