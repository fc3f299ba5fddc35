import type { Api } from '@plumbline/api-client';
import type { Me } from '@plumbline/contracts/identity';
import { notFound } from './load.ts';
import { companyOf } from './session.ts';

export interface Company {
  me: Me;
  organisationId: string;
  name: string;
  slug: string;
}

/** The reader and the company for which they work. For whoever has none, pages about a company are not there. */
export async function companyFor({ identity }: Api): Promise<Company> {
  const me = await identity.me();
  const company = companyOf(me) ?? notFound();
  return { me, organisationId: company.organisationId, name: company.organisationName, slug: company.organisationSlug };
}
