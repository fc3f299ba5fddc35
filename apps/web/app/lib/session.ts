import type { Me } from '@plumbline/contracts/identity';
import type { Permission } from '@plumbline/domain/access';
import { useRouteLoaderData } from 'react-router';
import type { loader as rootLoader } from '../root.tsx';

export type { Me };

type RootData = Awaited<ReturnType<typeof rootLoader>>;

/** What every page knows: who is signed in, the market, the clock. */
export function useRoot(): RootData | undefined {
  return useRouteLoaderData<RootData>('root');
}

export const useMe = (): Me | null => useRoot()?.me ?? null;

export const may = (me: Me | null, permission: Permission): boolean => me?.permissions.includes(permission) ?? false;

/** The company of somebody who works for one; the first where there are several. */
export const companyOf = (me: Me | null): Me['memberships'][number] | undefined =>
  me?.memberships.find((membership) => membership.kind === 'provider');
