import { bareJpeg } from './jpeg.ts';
import { barePng } from './png.ts';
import { bareWebp } from './webp.ts';

const filters: Partial<Record<string, (bytes: Buffer) => Buffer | undefined>> = {
  'image/jpeg': bareJpeg,
  'image/png': barePng,
  'image/webp': bareWebp,
};

/**
 * A picture without what its camera wrote about it: place, time, device, texts, thumbnails. How it is turned and its
 * colours stay; the picture itself is not coded anew. Documents stay as they are. Undefined for a broken picture.
 */
export function withoutMetadata(bytes: Uint8Array, contentType: string): Uint8Array | undefined {
  const filter = filters[contentType];
  return filter ? filter(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)) : bytes;
}
