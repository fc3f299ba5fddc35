drop table commission_rule, refund, release_approval, order_event, order_line, money_order, saved_card, psp_customer, order_transition;
