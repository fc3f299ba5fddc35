drop table payment_account, webhook_event, checkout, psp_call;
