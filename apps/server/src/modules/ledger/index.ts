export { account, type AccountRef } from './chart.ts';
export { proof } from './proof.ts';
export { balance, balances } from './read.ts';
export { post, reverse } from './service.ts';
export { fold } from './tasks.ts';
export * as rules from './rules.ts';
