import type { ApiProblem } from '@plumbline/api-client';
import type { MessageKey } from '@plumbline/i18n';
import type { Translator } from '@plumbline/i18n/translator';
import { data, redirect } from 'react-router';
import { paths } from '../paths.ts';
import problemMessages from '@plumbline/i18n/en-GB/problem.json';
import { pathOf } from './load.ts';
import { addMessages } from './messages.ts';
import { isProblem } from './problem.ts';

addMessages('en-GB', problemMessages);

export interface FieldFault {
  field?: string;
  message: string;
}

/** Why a form was not taken: the faults in words, what was typed, and a new key for the next try. */
export interface Failure {
  ok: false;
  /** Which form of the page, where there are several. */
  intent: string;
  code: string;
  faults: FieldFault[];
  values: Record<string, string>;
  formKey: string;
}

export interface Form {
  data: FormData;
  intent: string;
  /** The text of a field, trimmed; empty when it is not there. */
  text(name: string): string;
  /** The text of a field, or undefined when it is empty. */
  maybe(name: string): string | undefined;
  all(name: string): string[];
  /** Makes a repeated money write the same write: one key for each form of each page that was shown. */
  idempotencyKey: string;
}

async function read(request: Request): Promise<Form> {
  const body = await request.formData();
  const text = (name: string): string => {
    const value = body.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const intent = text('intent');
  return {
    data: body,
    intent,
    text,
    maybe: (name) => text(name) || undefined,
    all: (name) => body.getAll(name).filter((value): value is string => typeof value === 'string'),
    idempotencyKey: `${text('formKey')}.${intent}`,
  };
}

/** A fault that the page found itself, before it asked the API. */
export class FormFault extends Error {
  readonly faults: FieldFault[];

  constructor(...faults: FieldFault[]) {
    super('form fault');
    this.faults = faults;
  }
}

export interface FieldWords {
  /** Words for a field that the contract did not take, by its path in the body (`address/postcode`). */
  fields?: Record<string, MessageKey>;
  /** Refusals that are one field's fault: code → name of the field. */
  codes?: Record<string, string>;
}

/**
 * Runs an action. A refusal that the person can do something about comes back as faults beside their fields, with
 * everything that was typed; not signed in leads to sign-in; the rest is the error page.
 */
export async function act<T>(
  request: Request,
  t: Translator,
  words: FieldWords,
  run: (form: Form) => Promise<T>,
): Promise<T | ReturnType<typeof data<Failure>>> {
  const form = await read(request);
  try {
    return await run(form);
  } catch (error) {
    if (error instanceof FormFault) return failed(form, 'request.invalid', error.faults, 422);
    if (!isProblem(error)) throw error;
    if (error.status === 401 && error.code.startsWith('access.')) throw redirect(paths.signIn(pathOf(request)));
    return failed(form, error.code, faultsOf(error, t, words), error.status);
  }
}

function failed(form: Form, code: string, faults: FieldFault[], status: number): ReturnType<typeof data<Failure>> {
  const values: Record<string, string> = {};
  for (const [name, value] of form.data) {
    if (typeof value === 'string' && !/password/i.test(name)) values[name] = value;
  }
  const failure: Failure = { ok: false, intent: form.intent, code, faults, values, formKey: crypto.randomUUID() };
  return data(failure, { status });
}

function faultsOf(error: ApiProblem, t: Translator, words: FieldWords): FieldFault[] {
  const field = words.codes?.[error.code];
  if (field) return [{ field, message: problemText(t, error.code) }];
  const paths = (error.problem.errors ?? []).map(({ path }) =>
    path.replace(/^\/?(body|query|params)\//, '').replace(/^\//, ''),
  );
  const faults = [...new Set(paths)].flatMap((path): FieldFault[] => {
    const message = words.fields?.[path] ?? words.fields?.[path.split('/')[0] ?? ''];
    return message ? [{ field: path.replaceAll('/', '.'), message: t(message) }] : [];
  });
  return faults.length > 0 ? faults : [{ message: problemText(t, error.code) }];
}

/** A refusal in words: what happened, what is safe, what to do. */
export function problemText(t: Translator, code: string): string {
  const key = `problem.${code}`;
  return t.has(key) ? t(key) : t('problem.unknown');
}
