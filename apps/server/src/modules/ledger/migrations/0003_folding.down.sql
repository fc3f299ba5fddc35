drop function ledger_new_era, ledger_verify, ledger_seal_journals, ledger_bytes, ledger_fold, ledger_safe_to, ledger_counters;
drop view ledger_unfolded, ledger_held, ledger_entry, ledger_side;
