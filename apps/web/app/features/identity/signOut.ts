import { redirect } from 'react-router';
import { apiContext } from '../../lib/context.ts';
import { unless } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import type { Route } from './+types/signOut';

export async function action({ context }: Route.ActionArgs) {
  await unless('access.sign_in_required', context.get(apiContext).identity.signOut());
  return redirect(paths.home());
}

export const loader = () => redirect(paths.home());
