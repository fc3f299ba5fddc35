import { Transform } from 'node:stream';
import multipartPlugin from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { limits as numbers } from '../config.ts';
import { refuse, Refusal } from '../errors.ts';
import type { UploadedFile } from './module.ts';

export const filesAtOnce = 4;

declare module 'fastify' {
  interface FastifyRequest {
    uploads?: UploadedFile[];
  }
}

/** JSON and nothing else; any other type of content is 415. */
export function acceptJson(scope: FastifyInstance): void {
  scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      done(null, parseJson(String(text)));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** The bytes as they came, whatever their type: a signature is over exactly these. */
export function acceptRaw(scope: FastifyInstance): void {
  scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
}

/** The stream itself, for pages: their forms are read by their own actions. More than an upload's size breaks it off. */
export function acceptStream(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => {
    let bytes = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _encoding, next) {
        bytes += chunk.length;
        if (bytes > numbers.uploadBytes * filesAtOnce) next(new Refusal('request.too_large'));
        else next(null, chunk);
      },
    });
    done(null, payload.pipe(counted));
  });
}

/** Forms with files: fields become the body, files are read into memory within the limits. */
export async function acceptForm(scope: FastifyInstance): Promise<void> {
  await scope.register(multipartPlugin, {
    limits: {
      fileSize: numbers.uploadBytes,
      files: filesAtOnce,
      fields: 50,
      fieldSize: 65_536,
      parts: 54,
      headerPairs: 50,
    },
  });
  scope.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) refuse('request.unsupported_media_type');
    try {
      await readForm(request);
    } catch (error) {
      throw formFailure(error);
    }
  });
}

/** Limits and refusals have a code; whatever else the reader of forms throws is about a form that is none. */
function formFailure(error: unknown): unknown {
  const isNamed = error instanceof Refusal || (error instanceof Error && 'code' in error);
  return isNamed ? error : new Refusal('request.unparsable');
}

async function readForm(request: FastifyRequest): Promise<void> {
  const fields: Record<string, string | string[]> = {};
  const files: UploadedFile[] = [];
  for await (const part of request.parts()) {
    if (part.type === 'file')
      files.push({ field: part.fieldname, name: baseName(part.filename), bytes: await part.toBuffer() });
    else addField(fields, part.fieldname, String(part.value));
  }
  refuseOddText(fields);
  request.uploads = files.filter(({ bytes }) => bytes.length > 0);
  request.body = fields;
}

function addField(fields: Record<string, string | string[]>, name: string, value: string): void {
  const known = Object.hasOwn(fields, name) ? fields[name] : undefined;
  Object.defineProperty(fields, name, {
    value: known === undefined ? value : [known, value].flat(),
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** A name is for people to read; it never becomes a path. */
function baseName(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? '').slice(0, 200) || 'file';
}

/** Keys that would reach an object's prototype instead of its properties. */
const prototypeKeys = new Set(['__proto__', 'constructor', 'prototype']);

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  let value: unknown;
  try {
    // A byte order mark is not JSON, yet some clients send one.
    value = JSON.parse(text.charCodeAt(0) === 0xfe_ff ? text.slice(1) : text);
  } catch {
    // The parser's message would repeat what was sent; the code says enough.
    refuse('request.unparsable');
  }
  if (text.includes('\\u') || text.includes('__proto__') || text.includes('"constructor"')) refuseOddText(value);
  return value;
}

/** Refuses text that PostgreSQL cannot store (NUL, half a surrogate pair) and keys that are no data. */
function refuseOddText(value: unknown, path = ''): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) {
      refuse('request.invalid', { errors: [{ path: `body${path}`, message: 'must be text without NUL' }] });
    }
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    if (prototypeKeys.has(key)) refuse('request.unparsable');
    refuseOddText(key, path);
    refuseOddText(part, `${path}/${key}`);
  }
}
