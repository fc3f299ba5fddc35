export { badgesOf, decide, gateOf, openCount, submitFor, type Badges } from './service.ts';
