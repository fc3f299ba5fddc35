import { redirect } from 'react-router';
import { lookCookies } from '../lib/look.ts';
import { paths, safeNext } from '../paths.ts';
import type { Route } from './+types/appearance';

export async function action({ request }: Route.ActionArgs) {
  const form = await request.formData();
  const headers = new Headers(lookCookies(form).map((cookie): [string, string] => ['set-cookie', cookie]));
  return redirect(safeNext(String(form.get('back') ?? '')), { headers });
}

export const loader = () => redirect(paths.home());
