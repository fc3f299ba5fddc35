export {
  createOrganisation,
  createPerson,
  grantRole,
  grantStaff,
  join,
  membersOf,
  organisationBySlug,
  organisationsByIds,
  peopleByIds,
  providerOrganisationIds,
  type NewPerson,
} from './service.ts';
export { refuseCast } from './seeds.ts';
export { authenticate } from './session/service.ts';
export type { OrganisationRow, PersonRow } from './store.ts';
