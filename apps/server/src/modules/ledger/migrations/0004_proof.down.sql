drop function ledger_proof;
