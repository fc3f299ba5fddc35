import { redirect } from 'react-router';
import { schemeCookie } from '../lib/scheme.ts';
import { paths, safeNext } from '../paths.ts';
import type { Route } from './+types/appearance';

export async function action({ request }: Route.ActionArgs) {
  const form = await request.formData();
  const text = (name: string): string => String(form.get(name) ?? '');
  return redirect(safeNext(text('back')), { headers: { 'set-cookie': schemeCookie(text('scheme')) } });
}

export const loader = () => redirect(paths.home());
