export { claim, claimAny, free, move, reclaim, take, type NewClaim, type Range } from './claim/service.ts';
export { freeIn, slots, type FreeSlot, type SlotQuery } from './free/service.ts';
export {
  addCrewFor,
  addTool,
  crewsByResource,
  marketZone,
  resourcesOf,
  setPlanFor,
  type Crew,
  type Resource,
} from './plan/service.ts';
