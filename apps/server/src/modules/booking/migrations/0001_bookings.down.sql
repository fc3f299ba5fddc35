drop table provider_penalty;
drop table booking_photo;
drop table booking_offer;
drop table time_proposal;
drop table booking_assignment;
drop table booking_event;
drop table booking;
