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
export { actAs, addCustomer, castActor, refuseCast } from './seeds.ts';
export type { OrganisationRow } from './store.ts';
