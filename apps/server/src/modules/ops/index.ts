export { clockState } from './service.ts';
