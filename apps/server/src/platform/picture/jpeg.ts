import { bareExif } from './orientation.ts';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;
const app = (n: number) => 0xe0 + n;

const exifHead = 'Exif\0\0';
/** What of the application's segments bears on how the picture looks. */
const kept = new Map([
  [app(0), 'JFIF\0'],
  [app(2), 'ICC_PROFILE\0'],
  [app(14), 'Adobe'],
]);

/** The JPEG without what was written about it; what follows its end goes too. Undefined when it is broken. */
export function bareJpeg(bytes: Buffer): Buffer | undefined {
  const parts = [bytes.subarray(0, 2)];
  let seen = { frame: false, scan: false };
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === endOfImage) {
      parts.push(bytes.subarray(at, at + 2));
      return seen.frame && seen.scan ? Buffer.concat(parts) : undefined;
    }
    const end = segmentEnd(bytes, at);
    if (end === undefined) return undefined;
    const until = marker === startOfScan ? scanEnd(bytes, end) : end;
    seen = { frame: seen.frame || isFrame(marker), scan: seen.scan || marker === startOfScan };
    const part = bareSegment(marker, bytes.subarray(at, until));
    if (part) parts.push(part);
    at = until;
  }
  return undefined;
}

/** SOF0 to SOF15; three of these numbers mean other things. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function segmentEnd(bytes: Buffer, at: number): number | undefined {
  if (at + 4 > bytes.length) return undefined;
  const length = bytes.readUInt16BE(at + 2);
  const end = at + 2 + length;
  return length >= 2 && end <= bytes.length ? end : undefined;
}

/** The next marker that ends coded data: neither a stuffed 0xff nor a restart. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function bareSegment(marker: number, segment: Buffer): Buffer | undefined {
  const body = segment.subarray(4);
  if (marker === app(1) && startsWith(body, exifHead)) return exifSegment(bareExif(body));
  if (marker === comment) return undefined;
  if (marker < app(0) || marker > app(15)) return segment;
  const head = kept.get(marker);
  return head !== undefined && startsWith(body, head) ? segment : undefined;
}

const startsWith = (body: Buffer, head: string): boolean => body.toString('latin1', 0, head.length) === head;

function exifSegment(tiff: Buffer | undefined): Buffer | undefined {
  if (!tiff) return undefined;
  const head = Buffer.from([0xff, app(1), 0, 2 + exifHead.length + tiff.length]);
  return Buffer.concat([head, Buffer.from(exifHead, 'latin1'), tiff]);
}
