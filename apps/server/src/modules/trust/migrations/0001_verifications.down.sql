drop table verification;
