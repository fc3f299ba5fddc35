drop function ledger_refuse_change cascade;
