export {
  at,
  byIds,
  inMetres,
  nearestZones,
  placeNamed,
  places,
  region,
  regionIds,
  regions,
  zonesOf,
  type Place,
  type Region,
  type Zone,
} from './service.ts';
export { numbers, numbersInForce } from './numbers.ts';
