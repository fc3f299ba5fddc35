export { rankCrews, type RankedCrew } from './crews.ts';
export { refresh } from './refresh.ts';
