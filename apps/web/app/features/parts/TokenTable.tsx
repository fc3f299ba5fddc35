import { schemes, themes, type Contrast, type Scheme, type Theme } from '@plumbline/tokens/choose';
import type { ReactNode } from 'react';

export interface Row {
  name: string;
  layer: string;
  type: string;
  use?: string;
  values: { theme: Theme; scheme: Scheme; value: string }[];
}

const variable = (name: string): string => `--pl-${name.replaceAll('.', '-')}`;

/** One row a token, one column a theme and scheme; each cell wears its theme and says its value. */
export function TokenTable({ label, rows, contrast }: { label: string; rows: Row[]; contrast: Contrast }): ReactNode {
  return (
    <section
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a frame that scrolls has to be reachable by keyboard
      tabIndex={0}
      className="thin-scroll overflow-x-auto rounded-card border border-line"
    >
      <table className="w-full border-collapse text-start text-12">
        <thead className="bg-table-head-ground text-table-head-text">
          <tr>
            <th scope="col" rowSpan={2} className="p-3 text-start">
              Token
            </th>
            {themes.map((theme) => (
              <th key={theme} scope="colgroup" colSpan={2} className="border-s border-line p-2">
                {theme}
              </th>
            ))}
          </tr>
          <tr>
            {themes.flatMap((theme) =>
              schemes.map((scheme) => (
                <th key={theme + scheme} scope="col" className="border-s border-line p-2 font-text">
                  {scheme}
                </th>
              )),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.name} className="border-t border-table-line">
              <th scope="row" className="min-w-56 p-3 text-start font-text">
                <code className="font-code text-12 wrap-normal">{row.name}</code>
                {row.use && <span className="mt-0.5 block text-ink-muted">{row.use}</span>}
              </th>
              {row.values.map(({ theme, scheme, value }) => (
                <td
                  key={theme + scheme}
                  data-theme={theme}
                  data-scheme={scheme}
                  data-contrast={contrast}
                  className="min-w-24 border-s border-line bg-sheet p-2 align-top text-ink"
                >
                  <Sample name={row.name} type={row.type} />
                  <span className="mt-1 block wrap-anywhere text-ink-muted">{value || 'see CSS'}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Sample({ name, type }: { name: string; type: string }): ReactNode {
  if (type === 'color')
    return (
      <span
        className="block h-8 rounded-tag border border-line"
        style={{ background: `var(${variable(name)})` }}
        aria-hidden="true"
      />
    );
  if (type === 'fontFamily')
    return (
      <span className="block text-18" style={{ fontFamily: `var(${variable(name)})` }} aria-hidden="true">
        Plumb £120
      </span>
    );
  if (type === 'fontWeight')
    return (
      <span className="block text-18" style={{ fontWeight: `var(${variable(name)})` }} aria-hidden="true">
        Plumb
      </span>
    );
  if (type === 'shadow')
    return (
      <span
        className="m-1 block h-8 rounded-tag bg-sheet"
        style={{ boxShadow: `var(${variable(name)})` }}
        aria-hidden="true"
      />
    );
  if (name.startsWith('radius.'))
    return (
      <span
        className="block h-8 border-2 border-line-strong"
        style={{ borderRadius: `var(${variable(name)})` }}
        aria-hidden="true"
      />
    );
  if (type === 'dimension')
    return (
      <span
        className="block h-2 max-w-full bg-brass-deep"
        style={{ inlineSize: `var(${variable(name)})` }}
        aria-hidden="true"
      />
    );
  return null;
}
