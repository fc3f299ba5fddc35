drop table place;
drop table zone_ring;
drop table zone_version;
drop table zone;
drop table region_map;
drop table region_numbers;
drop table region;
