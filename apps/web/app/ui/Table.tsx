import type { ReactNode } from 'react';
import { cx } from './cx.ts';

export interface Column<Row> {
  key: string;
  label: ReactNode;
  renderCell: (row: Row) => ReactNode;
  /** Figures stand at the end, so that they line up. */
  end?: boolean;
  /** Left out on a phone, where the row has no room for it. */
  wide?: boolean;
}

interface TableProps<Row> {
  /** Says what the table lists; heard, not seen. */
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** Rows of the same kind. What does not fit a phone scrolls inside its own frame, never the page. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>): ReactNode {
  return (
    <section
      aria-label={caption}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a frame that scrolls has to be reachable by keyboard
      tabIndex={0}
      className="overflow-x-auto rounded-card border border-line bg-sheet"
    >
      <table className="w-full border-collapse text-16">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                className={cx('px-4 py-2.5 text-14 font-medium text-ink-muted [overflow-wrap:normal]', side(column))}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-b border-line last:border-0">
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={cx('px-4 py-3 align-baseline', side(column), column.end && 'tabular-nums')}
                >
                  {column.renderCell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

const side = <Row,>({ end, wide }: Column<Row>): string =>
  cx(end ? 'text-end' : 'text-start', wide && 'hidden md:table-cell');
