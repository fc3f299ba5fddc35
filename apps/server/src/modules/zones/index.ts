export {
  allPlaces,
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
  type NewPlace,
  type Place,
  type Region,
  type Zone,
  type ZoneDistance,
} from './service.ts';
export { coverageReport, importZones, putPlaces, setMap, type ZoneToImport } from './import.ts';
export { numbers, numbersInForce } from './numbers.ts';
