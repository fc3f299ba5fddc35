import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { config, limits } from './config.ts';
import type { Ctx } from './ctx.ts';
import { statement } from './db/statement.ts';
import { refuse } from './errors.ts';
import { newId } from './ids.ts';
import { withoutMetadata } from './picture/bare.ts';

export interface NewFile {
  bytes: Uint8Array;
  name: string;
  /** What the sender says; the bytes decide. */
  contentType?: string;
}

export interface StoredFile {
  bytes: Buffer;
  contentType: string;
  name: string;
}

interface FileRow {
  name: string;
  content_type: string;
}

const insertFile = statement<never, [string, string, string | null, string, string, number, Buffer, Date]>(
  'platform.saveFile',
  `insert into file (id, region_id, owner_id, name, content_type, bytes, sha256, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const findFile = statement<FileRow, [string, string]>(
  'platform.readFile',
  'select name, content_type from file where id = $1 and region_id = $2',
);

/**
 * Keeps an uploaded picture or document and returns its id. What it is, is read from its first bytes; of a picture
 * only what is seen is kept. Refuses `request.too_large` above 10 MiB, `request.unsupported_media_type` for anything
 * but PNG, JPEG, WebP and PDF, and `request.broken_picture`.
 */
export async function save(ctx: Ctx, { bytes: given, name }: NewFile): Promise<string> {
  if (given.length > limits.uploadBytes) refuse('request.too_large');
  const contentType = sniff(given) ?? refuse('request.unsupported_media_type');
  const bytes = withoutMetadata(given, contentType) ?? refuse('request.broken_picture');
  const id = newId();
  // The file first: one without a row is litter, a row without its file would be a promise that cannot be kept.
  await write(id, bytes);
  const owner = ctx.actor.kind === 'person' ? ctx.actor.personId : null;
  const sha256 = createHash('sha256').update(bytes).digest();
  const now = ctx.clock.now();
  await insertFile.run(ctx, id, ctx.regionId, owner, name.slice(0, 200), contentType, bytes.length, sha256, now);
  return id;
}

/** A kept file of the ctx's region. Refuses `access.not_found`. Who may see it is the caller's rule. */
export async function read(ctx: Ctx, fileId: string): Promise<StoredFile> {
  const row = (await findFile.first(ctx, fileId, ctx.regionId)) ?? refuse('access.not_found');
  return { bytes: await readFile(placeOf(fileId)), contentType: row.content_type, name: row.name };
}

async function write(id: string, bytes: Uint8Array): Promise<void> {
  const place = placeOf(id);
  await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
  const draft = `${place}.draft`;
  await writeFile(draft, bytes, { mode: 0o600, flush: true });
  await rename(draft, place);
}

/** Spread over folders by the random end of the id. */
function placeOf(id: string): string {
  return path.join(config().dataFolder, 'files', id.slice(-2), id);
}

/** The type by the first bytes; a sender's word is no evidence. */
export function sniff(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 12));
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))) return 'image/png';
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP') return 'image/webp';
  if (head.toString('latin1', 0, 5) === '%PDF-') return 'application/pdf';
  return undefined;
}
