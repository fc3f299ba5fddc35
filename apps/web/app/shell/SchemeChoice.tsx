import type { ReactNode } from 'react';
import { Form, useLocation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { useRoot } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { cx } from '../ui/cx.ts';

const choices = ['light', 'dark', 'system'] as const;

/** Light, dark, or as the device has it. A form, so that it works without JavaScript. */
export function SchemeChoice(): ReactNode {
  const t = useT();
  const { pathname, search } = useLocation();
  const chosen = useRoot()?.scheme ?? 'system';
  return (
    <Form method="post" action={paths.appearance()} preventScrollReset>
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset>
        <legend className="mb-1.5 text-12 text-ink-muted">{t('shell.scheme.legend')}</legend>
        <div className="flex flex-wrap rounded-control border border-line bg-sunk p-0.5">
          {choices.map((choice) => (
            <button
              key={choice}
              type="submit"
              name="scheme"
              value={choice}
              aria-pressed={choice === chosen}
              className={cx(
                'min-h-8 flex-1 rounded-tag px-2 text-12 font-medium whitespace-nowrap',
                choice === chosen ? 'border border-line bg-sheet text-ink' : 'text-ink-muted hover:text-ink',
              )}
            >
              {t(`shell.scheme.${choice}`)}
            </button>
          ))}
        </div>
      </fieldset>
    </Form>
  );
}
