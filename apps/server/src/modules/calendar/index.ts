export { claim, claimAny, free, move, reclaim, take, type NewClaim, type Range } from './claim/service.ts';
export { freeIn, slots, type FreeSlot } from './free/service.ts';
export { crewsByResource, setPlanFor } from './plan/service.ts';
