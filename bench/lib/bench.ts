/** What a benchmark answers. */
export interface BenchResult {
  /** For people: rows of cells, the first row is the heading. */
  table: (string | number)[][];
  /** What the figures were taken under: sizes, settings, selectivity. */
  notes?: string[];
  /** For machines: numbers by name. */
  figures: Record<string, number | null>;
}

/** `bench/<name>/bench.ts` exports one as `bench`. */
export interface Bench {
  /** One line: what is measured. */
  about: string;
  run(args: string[]): Promise<BenchResult>;
}

/** Prints the table, the notes and, last, the one line of JSON. */
export function print(name: string, { table, notes = [], figures }: BenchResult): void {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => String(row[column] ?? '').length)));
  for (const [at, row] of table.entries()) {
    const cells = row.map((cell, column) => aligned(cell, widths[column] ?? 0));
    console.log(cells.join('  ').trimEnd());
    if (at === 0) console.log(widths.map((width) => '─'.repeat(width)).join('  '));
  }
  if (notes.length > 0) console.log(`\n${notes.join('\n')}`);
  console.log(`\n${JSON.stringify({ bench: name, figures })}`);
}

function aligned(cell: string | number, width: number): string {
  const numeric = typeof cell === 'number' || /^[\d.,]+$/.test(cell);
  return numeric ? String(cell).padStart(width) : cell.padEnd(width);
}
