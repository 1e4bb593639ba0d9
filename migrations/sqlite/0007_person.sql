-- Who stands behind an account: all that names a person, apart from everything else, so that it can be wiped.
create table person (
    -- the account
    account blob not null,
    -- how the person is shown to others
    display_name text not null,
    -- where the person can be written to; null for none
    email text,
    -- where the person can be called; null for none
    phone text,
    -- the address that an administrator expects from the sign-on service, in lower case; null for none
    sign_on_email text,
    constraint person_pk primary key (account),
    constraint person_account foreign key (account) references account (id) on delete cascade,
    constraint person_sign_on_email unique (sign_on_email)
) strict;

insert into person (account, display_name)
select id, display_name
from account;

alter table account drop column display_name;
