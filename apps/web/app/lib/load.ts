import type { ApiProblem } from '@plumbline/api-client';
import { splitAddress } from '@plumbline/i18n/languages';
import { data, redirect } from 'react-router';
import { paths } from '../paths.ts';
import { isProblem } from './problem.ts';

/** What the error page knows of a fault: never a stack, always a reference. */
export interface Trouble {
  code: string;
  requestId?: string | undefined;
}

/**
 * Runs a loader. Not signed in leads to sign-in and back; every other refusal becomes the error page with its status
 * and the reference under which the log has it.
 */
export async function load<T>(request: Request, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!isProblem(error)) throw error;
    throw answerOf(error, request);
  }
}

function answerOf(problem: ApiProblem, request: Request): unknown {
  if (problem.status === 401) return redirect(paths.signIn(pathOf(request)));
  const trouble: Trouble = { code: problem.code, requestId: problem.problem.requestId };
  return data(trouble, { status: problem.status });
}

/**
 * The address of a page as a person would see it, without the language at its beginning: data requests of the router
 * ask for the same page, and the router puts the language before every address itself.
 */
export function pathOf(request: Request): string {
  const url = new URL(request.url);
  url.searchParams.delete('_routes');
  url.searchParams.delete('index');
  const { path } = splitAddress(url.pathname.replace(/\.data$/, ''));
  return path.replace(/^\/_root$/, '/') + url.search;
}

/** The answer, or undefined where this refusal only means that there is none. */
export async function unless<T>(codes: string | string[], run: Promise<T>): Promise<T | undefined> {
  try {
    return await run;
  } catch (error) {
    if (isProblem(error) && [codes].flat().includes(error.code)) return undefined;
    throw error;
  }
}

/** A page that is not there, with the same words for "unknown" and "not yours". */
export function notFound(): never {
  throw data({ code: 'access.not_found' } satisfies Trouble, { status: 404 });
}
