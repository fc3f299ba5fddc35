import type { Api } from '@plumbline/api-client';
import type { OwnServiceRow } from '@plumbline/contracts/catalogue';
import type { PaymentAccountView } from '@plumbline/contracts/payments';
import type { VerificationView } from '@plumbline/contracts/trust';
import { unless } from '../../../lib/load.ts';

export const parts = ['profile', 'coverage', 'hours', 'service', 'documents', 'payments'] as const;
export type Part = (typeof parts)[number];
export type PartState = 'todo' | 'doing' | 'waiting' | 'problem' | 'done';

export interface Task {
  part: Part;
  state: PartState;
  /** How many there are, where the part is a list. */
  n: number;
}

/** What a company has set up. Parts that this reader may not see are left out. */
export async function tasksOf({ catalogue, calendar, trust, payments }: Api, organisationId: string): Promise<Task[]> {
  const params = { organisationId };
  const [profile, coverage, resources, services, verifications, account] = await Promise.all([
    catalogue.profile({ params }),
    catalogue.coverage({ params }),
    calendar.resources({ params }),
    catalogue.services({ params, query: { limit: 100 } }),
    unless('access.forbidden', trust.verifications({ params })),
    unless('access.forbidden', payments.account({ params })),
  ]);
  const offered = services.items.filter(({ state }) => state !== 'archived');
  const tasks: (Task | undefined)[] = [
    { part: 'profile', state: profile.updatedAt ? 'done' : 'todo', n: 0 },
    { part: 'coverage', state: coverage.items.length > 0 ? 'done' : 'todo', n: coverage.items.length },
    { part: 'hours', state: resources.items.some(({ hasHours }) => hasHours) ? 'done' : 'todo', n: 0 },
    { part: 'service', state: serviceState(offered), n: offered.length },
    verifications && { part: 'documents', state: documentState(verifications.items, verifications.mayPublish), n: 0 },
    account && { part: 'payments', state: accountState(account), n: 0 },
  ];
  return tasks.filter((task) => task !== undefined);
}

function serviceState(services: readonly OwnServiceRow[]): PartState {
  const has = (state: OwnServiceRow['state']): boolean => services.some((service) => service.state === state);
  if (has('published')) return 'done';
  if (has('in_review')) return 'waiting';
  return services.length > 0 ? 'doing' : 'todo';
}

function documentState(items: readonly VerificationView[], mayPublish: boolean): PartState {
  if (mayPublish) return 'done';
  const needed = items.filter(({ required }) => required).map(({ state }) => state);
  if (needed.some((state) => state === 'rejected' || state === 'expired')) return 'problem';
  if (needed.every((state) => state === 'missing')) return 'todo';
  return needed.includes('missing') ? 'doing' : 'waiting';
}

const accountState = ({ state }: PaymentAccountView): PartState =>
  state === 'ready' ? 'done' : state === 'missing' ? 'todo' : 'doing';
