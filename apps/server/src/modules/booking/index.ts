export { countsByState } from './read.ts';
