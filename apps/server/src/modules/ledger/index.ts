export { account, chart, type AccountCode, type AccountRef, type Normal, type OwnerType } from './chart.ts';
export { postBatch, type BatchOutcome } from './batch.ts';
export type { Posted, Posting, Transfer } from './posting.ts';
export { proof, verify, type ProofRow, type Verdict } from './proof.ts';
export {
  accountsOf,
  balance,
  balances,
  entriesOf,
  journalsOf,
  lockBalances,
  type Account,
  type Entry,
  type Journal,
  type JournalLine,
} from './read.ts';
export { post, reverse, type Balance, type Reversal } from './service.ts';
export { fold, seal } from './tasks.ts';
export * as rules from './rules.ts';
