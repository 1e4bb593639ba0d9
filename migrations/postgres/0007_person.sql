create table person (
    account uuid not null,
    display_name text not null,
    email text,
    phone text,
    sign_on_email text collate "C",
    constraint person_pk primary key (account),
    constraint person_account foreign key (account) references account (id) on delete cascade,
    constraint person_sign_on_email unique (sign_on_email)
);

comment on table person is
    'Who stands behind an account: all that names a person, apart from everything else, so that it can be wiped.';
comment on column person.account is
    'the account';
comment on column person.display_name is
    'how the person is shown to others';
comment on column person.email is
    'where the person can be written to; null for none';
comment on column person.phone is
    'where the person can be called; null for none';
comment on column person.sign_on_email is
    'the address that an administrator expects from the sign-on service, in lower case; null for none';

insert into person (account, display_name)
select id, display_name
from account;

alter table account drop column display_name;
