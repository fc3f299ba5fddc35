export { badgesOf, decide, gateOf, submitFor, type Badges } from './service.ts';
