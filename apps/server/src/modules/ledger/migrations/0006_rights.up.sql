-- The application may read and call; only the functions write. Belt and braces: what is append-only refuses every
-- change, whoever asks.
create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'PL002', message = format('%s is append-only: %s refused', tg_table_name, tg_op);
end $$;

do $$
declare
  v_table text;
  v_function regprocedure;
begin
  execute format('grant create on schema %I to ledger_owner', 'public');
  foreach v_table in array array['currency', 'ledger_code', 'ledger_account', 'ledger_journal', 'ledger_transfer',
      'ledger_entry', 'ledger_pending', 'ledger_pending_end', 'ledger_reversal', 'ledger_seal'] loop
    execute format('create trigger append_only before update or delete or truncate on %I
      for each statement execute function ledger_refuse_change()', v_table);
  end loop;
  for v_table in select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'v')
      and (relname like 'ledger\_%' or relname = 'currency') loop
    execute format('revoke all on %I from plumbline_app', v_table);
    execute format('grant select on %I to plumbline_app', v_table);
    execute format('alter table %I owner to ledger_owner', v_table);
  end loop;
  for v_function in select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace
      and proname like 'ledger\_%' loop
    execute format('revoke all on function %s from public', v_function);
    execute format('alter function %s owner to ledger_owner', v_function);
  end loop;
  for v_function in select oid::regprocedure from pg_proc where pronamespace = 'public'::regnamespace
      and proname in ('ledger_post', 'ledger_post_batch', 'ledger_reverse', 'ledger_lock', 'ledger_fold', 'ledger_seal_journals',
        'ledger_verify', 'ledger_bytes', 'ledger_counters', 'ledger_proof') loop
    execute format('grant execute on function %s to plumbline_app', v_function);
  end loop;
  execute format('revoke create on schema %I from ledger_owner', 'public');
end $$;
