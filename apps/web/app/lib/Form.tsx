import type { ReactNode } from 'react';
import { Form, useNavigation, type FormProps } from 'react-router';
import { ErrorSummary } from '../ui/ErrorSummary.tsx';
import type { Failure } from './act.ts';

interface ActionFormProps extends Omit<FormProps, 'children'> {
  /** Which act of the page this form is. */
  intent?: string;
  /** The key that the loader made for this showing of the page. */
  formKey: string;
  /** What the action answered, when it did not take a form of this page. */
  failure: Failure | undefined;
  children: (state: FormState) => ReactNode;
}

export interface FormState {
  /** Words beside a field, when it was not taken. */
  error: (name: string) => string | undefined;
  /** What was typed before, or the value to begin with. */
  value: (name: string, first?: string | null) => string | undefined;
  busy: boolean;
}

/**
 * A native form of a page with its error summary. It posts before hydration too. Money writes carry the key of this
 * showing: a second press, a reload or a lost answer is the same write.
 */
export function ActionForm({ intent = 'save', formKey, failure, children, ...form }: ActionFormProps): ReactNode {
  const navigation = useNavigation();
  const own = failure?.intent === intent ? failure : undefined;
  const busy = navigation.state !== 'idle' && navigation.formData?.get('intent') === intent;
  const state: FormState = {
    error: (name) => own?.faults.find((fault) => fault.field === name)?.message,
    value: (name, first) => own?.values[name] ?? first ?? undefined,
    busy,
  };
  return (
    <Form method="post" noValidate {...form}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="formKey" value={own?.formKey ?? formKey} />
      <ErrorSummary problems={own?.faults ?? []} />
      {children(state)}
    </Form>
  );
}

/** The failure in an action's answer, if that is what it is. */
export function failureOf(answer: unknown): Failure | undefined {
  return typeof answer === 'object' && answer !== null && 'faults' in answer ? (answer as Failure) : undefined;
}
