import { crc32 } from 'node:zlib';
import { bareExif } from './orientation.ts';

/** The chunks that bear on how the picture looks, those of a moving one among them. */
const kept = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs acTL fcTL fdAT'.split(' '),
);
const signatureBytes = 8;

/** The PNG without texts, Exif and times; what follows its end goes too. Undefined when it is broken. */
export function barePng(bytes: Buffer): Buffer | undefined {
  const parts = [bytes.subarray(0, signatureBytes)];
  const seen = new Set<string>();
  for (let at = signatureBytes; at + 12 <= bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (bytes.readUInt32BE(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) return undefined;
    if (seen.size === 0 && type !== 'IHDR') return undefined;
    seen.add(type);
    const part = type === 'eXIf' ? exifChunk(bareExif(bytes.subarray(at + 8, end - 4))) : bytes.subarray(at, end);
    if (part && (type === 'eXIf' || kept.has(type))) parts.push(part);
    if (type === 'IEND') return seen.has('IDAT') ? Buffer.concat(parts) : undefined;
    at = end;
  }
  return undefined;
}

function exifChunk(tiff: Buffer | undefined): Buffer | undefined {
  return tiff && pngChunk('eXIf', tiff);
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length);
  ends.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
}
