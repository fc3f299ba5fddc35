export type { MessageKey } from './catalogues.ts';
