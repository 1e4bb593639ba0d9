-- The passwords of those who sign in with one.
create table password (
    -- the account
    account blob not null,
    -- PHC string of the password's hash
    hash text not null,
    -- when it was chosen, seconds since 1970-01-01T00:00:00Z; 0 when nobody wrote it down
    changed_at integer not null,
    constraint password_pk primary key (account),
    constraint password_account foreign key (account) references account (id) on delete cascade
) strict;

insert into password (account, hash, changed_at)
select id, password_hash, 0
from account;

alter table account drop column password_hash;
