/** The posting rules by name; the number in each docstring is its number in the table of rules in README.md. */
export type { Event } from './rules/event.ts';
export * from './rules/order.ts';
export * from './rules/after.ts';
