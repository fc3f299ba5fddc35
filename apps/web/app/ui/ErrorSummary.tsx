import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from '../lib/i18n.tsx';
import { fieldId } from './Field.tsx';

export interface FieldProblem {
  /** Name of the field, or nothing when the fault is not one field's. */
  field?: string;
  message: string;
}

/**
 * What is wrong, at the top of a form: takes the focus, one line per fault, each a link to its field. The same words
 * stand beside the field.
 */
export function ErrorSummary({ problems, children }: { problems: FieldProblem[]; children?: ReactNode }): ReactNode {
  const t = useT();
  const box = useRef<HTMLDivElement>(null);
  const said = problems.map((problem) => problem.message).join('\n');
  useEffect(() => {
    if (said) box.current?.focus();
  }, [said]);
  if (problems.length === 0) return null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className="mb-8 rounded-card border-2 border-bad bg-sheet p-5">
      <h2 className="text-18">{t('ui.problem.title')}</h2>
      <ul className="mt-2 grid gap-1">
        {problems.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            {field ? (
              <a href={`#${fieldId(field)}`} className="font-strong text-bad-ink underline underline-offset-3">
                {message}
              </a>
            ) : (
              <span className="font-strong text-bad-ink">{message}</span>
            )}
          </li>
        ))}
      </ul>
      {children && <div className="mt-2 text-14 text-ink-muted">{children}</div>}
    </div>
  );
}
