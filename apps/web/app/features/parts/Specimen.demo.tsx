import type { Contrast, Scheme, Theme } from '@plumbline/tokens/choose';
import { patterns } from '@plumbline/tokens/patterns';
import { useId, type ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { MiniRail } from '../../ui/Rail.tsx';
import { LinkChip, StatusBadge } from '../../ui/Signs.tsx';
import { Money } from '../../ui/Text.tsx';

interface Look {
  theme: Theme;
  scheme: Scheme;
  contrast: Contrast;
}

/** One theme at work: words, controls, signs, a line and a chart. */
export function Specimen(look: Look): ReactNode {
  const { theme, scheme, contrast } = look;
  return (
    <article
      data-theme={theme}
      data-scheme={scheme}
      data-contrast={contrast}
      aria-label={`${theme}, ${scheme}`}
      className="grid min-w-0 content-start gap-5 rounded-sheet border border-line bg-paper p-6 font-text text-ink"
    >
      <header>
        <p className="text-14 text-brass-ink">
          {theme}, {scheme}
        </p>
        <h3 className="mt-1 text-36">A tap that drips, mended on Tuesday</h3>
        <p className="mt-2 text-ink-muted">
          We ask your bank to hold <Money amount={{ minor: '12000', currency: 'GBP' }} />. Novak Plumbing is paid after
          you accept the work.
        </p>
      </header>
      <div className="grid gap-4 rounded-card border border-line bg-sheet p-5">
        <TextField
          name={`postcode-${theme}-${scheme}`}
          label="Postcode"
          hint="Where the work is"
          placeholder="BS3 1AB"
        />
        <div className="flex flex-wrap gap-3">
          <Button type="button">Book this time</Button>
          <Button type="button" tone="quiet">
            Ask for a quote
          </Button>
          <Button type="button" tone="danger">
            Cancel
          </Button>
        </div>
        <div className="flex flex-wrap gap-2">
          <LinkChip to="#" selected>
            Plumbing
          </LinkChip>
          <LinkChip to="#">Heating</LinkChip>
        </div>
        <MiniRail steps={5} at={2} label="Step 3 of 5" />
        <div className="flex flex-wrap gap-2">
          <StatusBadge tone="good">Paid out</StatusBadge>
          <StatusBadge tone="warn">Waiting</StatusBadge>
          <StatusBadge tone="bad">Refused</StatusBadge>
          <StatusBadge tone="info">Held</StatusBadge>
          <StatusBadge tone="brass">New</StatusBadge>
        </div>
      </div>
      <States />
      <Chart label={`Eight series, ${theme}, ${scheme}`} />
    </article>
  );
}

const states = [
  ['limited', 'Rate limited'],
  ['refused-origin', 'Origin refused'],
  ['consent-asked', 'Consent asked'],
  ['degraded', 'Degraded'],
  ['rotating', 'Secret rotating'],
  ['allow', 'Allowed'],
  ['deny', 'Denied'],
  ['money-critical', 'Critical'],
  ['money-high', 'High'],
  ['money-medium', 'Medium'],
  ['money-info', 'Information'],
] as const;

function States(): ReactNode {
  return (
    <ul className="flex flex-wrap gap-2 text-14">
      {states.map(([state, words]) => (
        <li
          key={state}
          className="rounded-tag border-s-4 px-2 py-0.5"
          style={{
            background: `var(--pl-state-${state}-soft)`,
            color: `var(--pl-state-${state}-ink)`,
            borderColor: `var(--pl-state-${state}-mark)`,
          }}
        >
          {words}
        </li>
      ))}
    </ul>
  );
}

const heights = [64, 48, 56, 36, 60, 44, 52, 40];

function Chart({ label }: { label: string }): ReactNode {
  const id = useId();
  return (
    <svg role="img" aria-label={label} viewBox="0 0 320 72" className="w-full rounded-tag bg-sheet">
      <defs>
        {patterns.map(({ name, path }) => (
          <pattern key={name} id={`${id}-${name}`} width="8" height="8" patternUnits="userSpaceOnUse">
            <path d={path} className="fill-none stroke-sheet" strokeWidth="1.6" strokeLinecap="round" />
          </pattern>
        ))}
      </defs>
      {patterns.map(({ name }, at) => {
        const height = heights[at] ?? 0;
        const box = { x: 8 + at * 39, y: 70 - height, width: 30, height };
        return (
          <g key={name}>
            <rect {...box} style={{ fill: `var(--pl-color-chart-${at + 1})` }} />
            <rect {...box} fill={`url(#${id}-${name})`} />
          </g>
        );
      })}
    </svg>
  );
}
