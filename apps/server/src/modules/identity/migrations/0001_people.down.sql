drop table sign_in_failure;
drop table session;
drop table role_grant;
drop table membership;
drop table organisation;
drop table person_login;
drop table person;
