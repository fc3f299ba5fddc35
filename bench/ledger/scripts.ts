/** Accounts that spread postings choose from: the providers of a large market. */
export const accounts = 10_000;
/** Postings in one call of the batch function, each with a journal and a key of its own. */
export const batch = 100;

const region = 'gb';

/** One posting function call: from a random account to another, or to the one hot account. */
export const single = (to: 'spread' | 'hot'): string => `
\\set debit random(1, ${accounts})
\\set step random(1, ${accounts - 1})
\\set amount random(1, 100)
select o_journal_id from ledger_post_one('${region}', 'bench', uuidv7(), uuidv7()::text, 'bench', null, now(), null,
  'GBP', :amount, 'L220', 'p' || :debit::int, 'L220',
  ${to === 'hot' ? `'hot'` : `'p' || 1 + (:debit::int + :step::int - 1) % ${accounts}`});
`;

/** A batch of postings in one call. */
export const batched = (to: 'spread' | 'hot'): string => `
\\set debit random(1, ${accounts})
\\set step random(1, ${accounts - batch - 1})
select count(o_refusal) from ledger_post_batch('${region}', 'bench',
  array(select uuidv7() from generate_series(1, ${batch})), array(select uuidv7()::text from generate_series(1, ${batch})),
  array_fill('bench'::text, array[${batch}]), array_fill(null::uuid, array[${batch}]), array_fill(now(), array[${batch}]),
  array_fill(null::text, array[${batch}]), array(select generate_series(1, ${batch})), array_fill(1, array[${batch}]),
  array_fill('posted'::text, array[${batch}]), array_fill('GBP'::text, array[${batch}]),
  array_fill(5::bigint, array[${batch}]), array_fill('L220'::text, array[${batch}]),
  array(select 'p' || 1 + (:debit::int + n * 61) % ${accounts} from generate_series(1, ${batch}) n),
  array_fill('L220'::text, array[${batch}]),
  ${
    to === 'hot'
      ? `array_fill('hot'::text, array[${batch}])`
      : `array(select 'p' || 1 + (:debit::int + :step::int + n * 61) % ${accounts} from generate_series(1, ${batch}) n)`
  },
  array_fill(null::uuid, array[${batch}]), array_fill(null::timestamptz, array[${batch}]));
`;

/** Opens the accounts and gives each enough to spend. */
export const fund = `
select count(*) from (select n from generate_series(1, ${accounts}) n) s,
  lateral ledger_post('${region}', 'bench', uuidv7(), 'fund ' || n, 'fund', null, now(), null, null, array['posted'],
    array['GBP'], array[1000000000000], array['A100'], array['stripe'], array['L220'], array['p' || n],
    array[null::uuid], array[null::timestamptz])`;

export const bytes = `
select (pg_total_relation_size('ledger_transfer') + pg_total_relation_size('ledger_folded_entry'))::float8 as transfers,
  pg_total_relation_size('ledger_journal')::float8 as journals,
  (select count(*) from ledger_transfer)::float8 as count`;

export const proof = `select check_name from ledger_proof('${region}') where expected <> found`;
