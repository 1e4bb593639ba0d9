-- The one territory that an official answers for; null for every territory of the installation.
alter table account add column territory text;
