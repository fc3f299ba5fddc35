drop table coverage;
drop table service_team;
drop table service_version;
drop table service;
drop table provider_profile;
drop table category;
