drop table ledger_era, ledger_seal, ledger_progress, ledger_snapshot, ledger_reversal, ledger_pending_end, ledger_pending,
  ledger_folded_entry, ledger_transfer, ledger_journal, ledger_balance, ledger_account, ledger_code, currency;
drop function ledger_take_over, ledger_refuse_change;
-- The role ledger_owner stays: it belongs to the cluster, and another database may use it.
