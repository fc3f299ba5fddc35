drop table receivable, payout_item, earning, payout_event, payout, payout_batch, payout_transition;
