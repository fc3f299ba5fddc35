export { search } from './search.ts';
export { rankCrews, type CrewQuestion, type RankedCrew } from './crews.ts';
export { whyNotShown } from './visibility.ts';
export { flushAnswers, replay } from './answers.ts';
export { refresh, refreshRegion } from './refresh.ts';
