import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { pino } from 'pino';
import { encodeRecord, termsOf } from '../../apps/server/src/modules/matching/record.ts';
import { find } from '../../apps/server/src/modules/matching/find.ts';
import { rank } from '../../apps/server/src/modules/matching/rank.ts';
import {
  areaToken,
  askedWords,
  condition,
  conditionOfWord,
  plainWords,
  understand,
} from '../../apps/server/src/modules/matching/words.ts';
import type { Ctx } from '../../apps/server/src/platform/ctx.ts';
import { createDb } from '../../apps/server/src/platform/db/db.ts';
import { appPool } from '../../apps/server/src/platform/db/pool.ts';
import type { Bench, BenchResult } from '../lib/bench.ts';
import { withDatabase } from '../lib/cluster.ts';
import { round } from '../lib/stats.ts';

// The Cranfield collection may be used for research and not be passed on, so it is read from where it lies:
// npm run bench -- relevance [folder with search_cranfield_{docs,queries,qrels_trec}.txt]

export const bench: Bench = {
  about: 'Cranfield collection through the words, candidates and relevance of the search: nDCG@10, MAP, recall.',
  run: measure,
};

const defaultFolder = path.resolve(import.meta.dirname, '../../../shared/data');
/** What a plain BM25 with a small stemmer reaches: a correct search is not far below. */
const aim = 0.5;

interface Text {
  id: number;
  title: string;
  body: string;
}

async function measure([folder = defaultFolder]: string[]): Promise<BenchResult> {
  const file = (name: string) => path.join(folder, `search_cranfield_${name}.txt`);
  if (!existsSync(file('docs'))) throw new Error(`no ${file('docs')}: name the folder of the Cranfield collection`);
  const texts = documentsIn(readFileSync(file('docs'), 'utf8'));
  const asked = fieldsIn(readFileSync(file('queries'), 'utf8')).map((fields) => fields['W'] ?? '');
  const judged = judgementsIn(readFileSync(file('qrels_trec'), 'utf8'));
  return withDatabase(async ({ url }) => {
    const pool = appPool(url, { name: 'bench' });
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    try {
      const ctx: Ctx = {
        actor: { kind: 'anonymous' },
        regionId: 'gb',
        requestId: 'bench',
        clock: { now: () => new Date() },
        log: pino({ level: 'silent' }),
        db: createDb(pool),
      };
      await loadDocuments(owner, texts);
      const scores = [];
      for (const [index, words] of asked.entries())
        scores.push(scored(await search(ctx, words), judged.get(index + 1) ?? new Map()));
      return result(
        scores.filter((score) => score !== undefined),
        texts.length,
      );
    } finally {
      await owner.end();
      await pool.end();
    }
  });
}

function fieldsIn(text: string): Record<string, string>[] {
  return text
    .split(/^\.I .*$/m)
    .slice(1)
    .map((entry) => {
      const parts = entry.split(/^\.([A-Z])\s*$/m);
      return Object.fromEntries(
        parts.slice(1).flatMap((part, index, all) => (index % 2 === 0 ? [[part, (all[index + 1] ?? '').trim()]] : [])),
      );
    });
}

function documentsIn(text: string): Text[] {
  return fieldsIn(text).map(({ T: title = '', W: body = '' }, index) => ({
    id: index + 1,
    title,
    body: body.replace(title, ''),
  }));
}

/** Query number → document → grade; 1 and 2 of this file are the best, -1 and 5 none. Any grade above 0 counts as relevant. */
function judgementsIn(text: string): Map<number, Map<number, number>> {
  const judged = new Map<number, Map<number, number>>();
  for (const line of text.split('\n')) {
    const [question, , document, grade] = line.trim().split(/\s+/).map(Number);
    if (question === undefined || document === undefined || grade === undefined || !(grade > 0)) continue;
    judged.set(question, (judged.get(question) ?? new Map<number, number>()).set(document, grade));
  }
  return judged;
}

async function loadDocuments(owner: pg.Client, texts: readonly Text[]): Promise<void> {
  const wordsOf = ({ title, body }: Text) => [
    ...plainWords(title).map((word) => [word, 3] as const),
    ...plainWords(body).map((word) => [word, 1] as const),
  ];
  const words = [...new Set(texts.flatMap((text) => wordsOf(text).map(([word]) => word)))];
  const { rows } = await owner.query<{ word: string; lexeme: string }>(
    `select t.word, l.lexeme from unnest($1::text[]) as t (word), unnest(tsvector_to_array(to_tsvector('english', t.word))) as l (lexeme)`,
    [words],
  );
  const stems = new Map(rows.map(({ word, lexeme }) => [word, lexeme]));
  for (const text of texts) {
    const frequencies = new Map<string, number>();
    for (const [word, weight] of wordsOf(text)) {
      const lexeme = stems.get(word);
      if (lexeme) frequencies.set(lexeme, (frequencies.get(lexeme) ?? 0) + weight);
    }
    const length = [...frequencies.values()].reduce((sum, frequency) => sum + frequency, 0);
    const serviceId = `00000000-0000-0000-0000-${String(text.id).padStart(12, '0')}`;
    const record = encodeRecord({
      no: text.id,
      x: 0,
      y: 0,
      quality: 0,
      response: 0,
      completion: 0,
      priceFit: 0,
      free: 0,
      bookings: 0,
      risk: 'clear',
      penalties: 0,
      isNew: false,
      length,
      serviceId,
      price: null,
      rating: 0,
      terms: termsOf(frequencies),
    });
    await owner.query(
      `insert into match_listing (no, region_id, service_id, ord, stars, rating, facet, x, y, record, first_day, starts, length, words)
       overriding system value values ($1, 'gb', $2, 0, 0, 0, 65536, 0, 0, $3, 0, '{}', $4, array_to_tsvector($5))`,
      [text.id, serviceId, record, length, [...frequencies.keys(), areaToken(-1)]],
    );
  }
  await owner.query(`insert into match_lexeme select 'gb', word, word, ndoc from ts_stat('select words from match_listing') where word not like '~%';
    update match_market set documents = s.n, length = s.length from (select count(*)::int as n, sum(length) as length from match_listing) s where region_id = 'gb';
    analyze`);
}

/** Document numbers in the order of relevance, through the search's own words, statement and formula. */
async function search(ctx: Ctx, text: string): Promise<number[]> {
  const { market, words } = await understand(ctx, askedWords(text));
  const known = words.filter(({ lexemes }) => lexemes.length > 0);
  const filter = {
    words: condition([market.area], known, 'any'),
    anyOf: known.map((word) => ({ words: conditionOfWord(word), idf: word.idf })),
    area: market.area,
    category: null,
    priceMax: null,
    starsMin: null,
    insured: false,
    onDemand: false,
    window: undefined,
    box: undefined,
  };
  const { records } = await find(ctx, filter, {
    sort: 'best',
    from: undefined,
    after: undefined,
    limit: 500,
    cards: false,
  });
  const meanLength = Math.max(1, Math.round(Number(market.length) / Math.max(1, market.documents)));
  return rank(
    records,
    { words: known, meanLength, from: undefined, window: undefined, marketBookings: 1, salt: 0 },
    'best',
  ).map(({ no }) => no);
}

interface Score {
  ndcg: number;
  precision: number;
  recall: number;
}

function scored(found: readonly number[], relevant: ReadonlyMap<number, number>): Score | undefined {
  if (relevant.size === 0) return undefined;
  const gain = (rank: number) => 1 / Math.log2(rank + 2);
  const first = found.slice(0, 10);
  const ideal = Array.from({ length: Math.min(10, relevant.size) }, (_, rank) => gain(rank)).reduce(
    (sum, each) => sum + each,
    0,
  );
  const got = first.reduce((sum, document, rank) => sum + (relevant.has(document) ? gain(rank) : 0), 0);
  let hits = 0;
  const precisions = found.flatMap((document, rank) => (relevant.has(document) ? [(hits += 1) / (rank + 1)] : []));
  return {
    ndcg: got / ideal,
    precision: precisions.reduce((sum, each) => sum + each, 0) / relevant.size,
    recall: first.filter((document) => relevant.has(document)).length / relevant.size,
  };
}

function result(scores: readonly Score[], documents: number): BenchResult {
  const mean = (of: (score: Score) => number) =>
    round(scores.reduce((sum, score) => sum + of(score), 0) / scores.length);
  const figures = {
    ndcg_10: mean(({ ndcg }) => ndcg),
    map: mean(({ precision }) => precision),
    recall_10: mean(({ recall }) => recall),
  };
  return {
    table: [
      ['nDCG@10', 'MAP', 'recall@10'],
      [figures.ndcg_10, figures.map, figures.recall_10],
    ],
    notes: [
      `${documents} documents, ${scores.length} questions, binary gain; a correct search reaches nDCG@10 ≥ ${aim} (plain BM25: 0.525, 0.427, 0.455).`,
    ],
    figures,
  };
}
