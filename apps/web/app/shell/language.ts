import { redirect } from 'react-router';
import { pageContext } from '../lib/context.ts';
import { paths, safeNext } from '../paths.ts';
import type { Route } from './+types/language';

const year = 31_536_000;

/** Keeps the chosen language on this device and shows the same page again, at its address without a language. */
export async function action({ request, context }: Route.ActionArgs) {
  const form = await request.formData();
  const text = (name: string): string => String(form.get(name) ?? '');
  const tag = text('language').replaceAll(/[^\w-]/g, '');
  // A whole address: the router would put the language of this one before a path.
  const back = new URL(safeNext(text('back')), context.get(pageContext).origin);
  return redirect(back.href, { headers: { 'set-cookie': `lang=${tag}; Path=/; SameSite=Lax; Max-Age=${year}` } });
}

export const loader = () => redirect(paths.home());
