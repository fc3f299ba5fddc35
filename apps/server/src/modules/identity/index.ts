export {
  createOrganisation,
  createPerson,
  join,
  membersOf,
  organisationBySlug,
  organisationsByIds,
  peopleByIds,
  providerOrganisationIds,
} from './service.ts';
export { refuseCast } from './seeds.ts';
export type { OrganisationRow } from './store.ts';
