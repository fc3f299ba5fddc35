import { readdirSync } from 'node:fs';
import path from 'node:path';
import { create } from './write.ts';

/** A decision on one page, with the next free number. */
export function newAdr(root: string, words: string[]): string {
  const title = words.join(' ').trim();
  const numbers = readdirSync(path.join(root, 'docs/adr')).map((file) => Number(file.slice(0, 4)));
  const number = String(Math.max(0, ...numbers.filter(Number.isInteger)) + 1).padStart(4, '0');
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  if (slug === '') throw new Error('a decision has a title');
  const file = `docs/adr/${number}-${slug}.md`;
  create(root, file, page(number, title, new Date().toISOString().slice(0, 10)));
  return `${file}: write the decision, why, its price, and what would make us choose again.`;
}

const page = (number: string, title: string, date: string): string => `# ${number} ${title}

- **Area**:
- **Date**: ${date}

**Decision.**

**Why.**

**Price.**

**Again** when
`;
