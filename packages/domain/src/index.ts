export * from './access.ts';
export * from './policy-numbers.ts';
