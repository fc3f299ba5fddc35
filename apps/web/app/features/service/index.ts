import './messages.ts';

export { BadgeList } from './parts/BadgeList.tsx';
export { durationText } from './parts/words.ts';
