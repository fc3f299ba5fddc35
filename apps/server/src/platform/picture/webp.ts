import { bareExif } from './orientation.ts';

const kept = new Set(['VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ICCP']);
const headBytes = 12;
/** Of the flags that VP8X begins with. */
const flag = { exif: 0x08, xmp: 0x04 };
/** Where a frame lies and how long it stays, before its chunks. */
const frameHeadBytes = 16;

interface Chunk {
  type: string;
  data: Buffer;
}

/** The WebP without Exif and XMP; what follows its end goes too. Undefined when it is broken. */
export function bareWebp(bytes: Buffer): Buffer | undefined {
  if (bytes.length < headBytes) return undefined;
  const end = 8 + bytes.readUInt32LE(4);
  const chunks = end <= bytes.length ? chunksOf(bytes.subarray(headBytes, end)) : undefined;
  const bare = chunks && bareChunks(chunks);
  if (!bare?.some(({ type }) => type === 'VP8 ' || type === 'VP8L' || type === 'ANMF')) return undefined;
  const hasExif = bare.some(({ type }) => type === 'EXIF');
  const body = Buffer.concat(
    bare.map((chunk) => webpChunk(chunk.type, chunk.type === 'VP8X' ? flagged(chunk.data, hasExif) : chunk.data)),
  );
  const head = Buffer.from(bytes.subarray(0, headBytes));
  head.writeUInt32LE(4 + body.length, 4);
  return Buffer.concat([head, body]);
}

function chunksOf(bytes: Buffer): Chunk[] | undefined {
  const chunks: Chunk[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 8 > bytes.length) return undefined;
    const size = bytes.readUInt32LE(at + 4);
    if (at + 8 + size > bytes.length) return undefined;
    chunks.push({ type: bytes.toString('latin1', at, at + 4), data: bytes.subarray(at + 8, at + 8 + size) });
    at += 8 + size + (size % 2);
  }
  return chunks;
}

function bareChunks(chunks: Chunk[]): Chunk[] | undefined {
  const bare: Chunk[] = [];
  for (const { type, data } of chunks) {
    const tiff = type === 'EXIF' ? bareExif(data) : undefined;
    if (tiff) bare.push({ type, data: tiff });
    if (type === 'VP8X' && data.length < 10) return undefined;
    if (type === 'VP8X' || kept.has(type)) bare.push({ type, data });
    if (type === 'ANMF') {
      const inner = chunksOf(data.subarray(frameHeadBytes))?.filter((chunk) => kept.has(chunk.type));
      if (!inner) return undefined;
      const frame = inner.map((chunk) => webpChunk(chunk.type, chunk.data));
      bare.push({ type, data: Buffer.concat([data.subarray(0, frameHeadBytes), ...frame]) });
    }
  }
  return bare;
}

function flagged(vp8x: Buffer, hasExif: boolean): Buffer {
  const data = Buffer.from(vp8x);
  const others = data.readUInt8(0) & ~(flag.exif | flag.xmp);
  data.writeUInt8(hasExif ? others | flag.exif : others, 0);
  return data;
}

/** A chunk with its length, filled up to an even number of bytes. */
export function webpChunk(type: string, data: Uint8Array): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(data.length);
  return Buffer.concat([Buffer.from(type, 'latin1'), size, data, Buffer.alloc(data.length % 2)]);
}
