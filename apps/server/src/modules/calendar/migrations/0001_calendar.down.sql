drop table calendar_claim;
drop table plan_exception;
drop table weekly_plan;
drop table crew_member;
drop table calendar_resource;
