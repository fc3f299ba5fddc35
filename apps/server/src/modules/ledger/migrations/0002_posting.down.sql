drop function ledger_lock, ledger_reverse, ledger_post_one, ledger_post, ledger_same, ledger_ending, ledger_lock_pendings,
  ledger_short, ledger_open, ledger_refuse;
drop type ledger_leg, ledger_posting;
