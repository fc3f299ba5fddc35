import type { ReactNode } from 'react';
import { Form, useLocation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { useRoot } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { cx } from '../ui/cx.ts';

const rows = [
  {
    part: 'scheme',
    legend: 'shell.scheme.legend',
    choices: { light: 'shell.scheme.light', dark: 'shell.scheme.dark', system: 'shell.scheme.system' },
  },
  {
    part: 'contrast',
    legend: 'shell.contrast.legend',
    choices: { normal: 'shell.contrast.normal', high: 'shell.contrast.high', system: 'shell.contrast.system' },
  },
  {
    part: 'density',
    legend: 'shell.density.legend',
    choices: { comfortable: 'shell.density.comfortable', compact: 'shell.density.compact' },
  },
] as const;

const untouched = { scheme: 'system', contrast: 'system', density: 'comfortable' } as const;

/** Scheme, contrast and density, or as the device has it. A form of buttons, so that it works without JavaScript. */
export function SchemeChoice(): ReactNode {
  const t = useT();
  const { pathname, search } = useLocation();
  const look = useRoot()?.look ?? {};
  return (
    <Form method="post" action={paths.appearance()} preventScrollReset className="grid gap-3">
      <input type="hidden" name="back" value={pathname + search} />
      {rows.map(({ part, legend, choices }) => (
        <fieldset key={part} className="min-w-0">
          <legend className="mb-1.5 text-12 text-ink-muted">{t(legend)}</legend>
          <div className="flex flex-wrap rounded-control border border-line bg-sunk p-0.5">
            {Object.entries(choices).map(([choice, label]) => (
              <Choice key={choice} part={part} value={choice} chosen={choice === (look[part] ?? untouched[part])}>
                {t(label)}
              </Choice>
            ))}
          </div>
        </fieldset>
      ))}
    </Form>
  );
}

interface ChoiceProps {
  part: string;
  value: string;
  chosen: boolean;
  children: ReactNode;
}

function Choice({ part, value, chosen, children }: ChoiceProps): ReactNode {
  return (
    <button
      type="submit"
      name={part}
      value={value}
      aria-pressed={chosen}
      className={cx(
        'min-h-8 flex-1 rounded-tag border px-2 text-12 font-medium whitespace-nowrap',
        chosen ? 'border-line-strong bg-sheet text-ink' : 'border-transparent text-ink-muted hover:text-ink',
      )}
    >
      {children}
    </button>
  );
}
