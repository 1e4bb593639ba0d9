create table password (
    account uuid not null,
    hash text not null,
    changed_at bigint not null,
    constraint password_pk primary key (account),
    constraint password_account foreign key (account) references account (id) on delete cascade
);

comment on table password is
    'The passwords of those who sign in with one.';
comment on column password.account is
    'the account';
comment on column password.hash is
    'PHC string of the password''s hash';
comment on column password.changed_at is
    'when it was chosen, seconds since 1970-01-01T00:00:00Z; 0 when nobody wrote it down';

insert into password (account, hash, changed_at)
select id, password_hash, 0
from account;

alter table account drop column password_hash;
