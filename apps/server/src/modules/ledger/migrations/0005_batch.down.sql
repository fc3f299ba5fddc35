drop function ledger_post_batch, ledger_pass, ledger_malformed, ledger_refused, ledger_movements, ledger_endings, ledger_known,
  ledger_drop;
drop type ledger_movement;
