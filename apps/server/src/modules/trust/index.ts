export { badgesOf, decide, gateOf, openCount, submitFor } from './service.ts';
