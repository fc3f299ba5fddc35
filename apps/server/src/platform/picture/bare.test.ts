import { describe, expect, it } from 'vitest';
import { withoutMetadata } from './bare.ts';
import { jpeg, png, webp } from './fixtures.ts';
import { orientationOf } from './orientation.ts';
import { pngChunk } from './png.ts';
import { webpChunk } from './webp.ts';

const secret = 'Secret Street 7';

/** What a phone writes: turned by 90°, its maker, and a GPS block with 51° N. */
function cameraExif(order: 'II' | 'MM'): Buffer {
  const tiff = Buffer.alloc(128);
  const short = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const long = (value: number, at: number) =>
    order === 'II' ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  const entry = (at: number, [tag, type, count]: [number, number, number]) => {
    short(tag, at);
    short(type, at + 2);
    long(count, at + 4);
  };
  tiff.write(order, 'latin1');
  short(42, 2);
  long(8, 4);
  short(3, 8);
  entry(10, [0x010f, 2, secret.length]);
  long(100, 18);
  entry(22, [0x0112, 3, 1]);
  short(6, 30);
  entry(34, [0x8825, 4, 1]);
  long(50, 42);
  short(1, 50);
  entry(52, [0x0002, 5, 1]);
  long(70, 60);
  long(51, 70);
  long(1, 74);
  tiff.write(secret, 100, 'latin1');
  return tiff;
}

const segment = (marker: number, ...parts: (string | Buffer)[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 0xff]), body]);
};

const phoneJpeg = (order: 'II' | 'MM') =>
  Buffer.concat([
    jpeg.subarray(0, 2),
    segment(0xe1, 'Exif\0\0', cameraExif(order)),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${secret}</x:xmpmeta>`),
    segment(0xe2, `MPF\0${secret}`),
    segment(0xed, `Photoshop 3.0\0${secret}`),
    segment(0xfe, secret),
    jpeg.subarray(2),
    Buffer.from(`a film after the picture: ${secret}`),
  ]);

const pngHead = png.subarray(0, 33);
const pngRest = png.subarray(33);
const phonePng = Buffer.concat([
  pngHead,
  pngChunk('eXIf', cameraExif('II')),
  pngChunk('tEXt', Buffer.from(`Comment\0${secret}`)),
  pngChunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${secret}`)),
  pngChunk('zTXt', Buffer.from(`Comment\0\0${secret}`)),
  pngChunk('tIME', Buffer.from([7, 0xe8, 1, 1, 1, 1, 1])),
  pngRest,
  Buffer.from(secret),
]);

/** The picture with further chunks at its end and these flags in its first one. */
function fullWebp(flags: number, ...chunks: Buffer[]): Buffer {
  const all = Buffer.concat([webp, ...chunks]);
  all.writeUInt32LE(all.length - 8, 4);
  all.writeUInt8(flags, 20);
  return all;
}
const phoneWebp = Buffer.concat([
  fullWebp(
    0x2c,
    webpChunk('EXIF', cameraExif('MM')),
    webpChunk('XMP ', Buffer.from(secret)),
    webpChunk('note', Buffer.from(secret)),
  ),
  Buffer.from(secret),
]);

const bare = (bytes: Uint8Array, type: string): Buffer => {
  const result = withoutMetadata(bytes, type);
  if (!result) throw new Error('broken');
  return Buffer.from(result);
};

const phonePictures = [
  ['a JPEG', 'image/jpeg', phoneJpeg('II'), jpeg],
  ['a JPEG of the other byte order', 'image/jpeg', phoneJpeg('MM'), jpeg],
  ['a PNG', 'image/png', phonePng, png],
  ['a WebP', 'image/webp', phoneWebp, webp],
] as const;

describe('of a picture of a phone', () => {
  it.each(phonePictures)('nothing stays of place, texts and what follows: %s', (_what, type, phone) => {
    expect(phone.includes(secret)).toBe(true);
    const clean = bare(phone, type);
    expect(clean.includes(secret)).toBe(false);
    // The GPS block and its pointer, in either byte order.
    for (const pointer of [
      [0x88, 0x25, 0, 4],
      [0x25, 0x88, 4, 0],
    ]) {
      expect(phone.includes(Buffer.from(pointer)) && clean.includes(Buffer.from(pointer))).toBe(false);
    }
    expect(clean.length).toBeLessThan(phone.length);
  });

  it.each(phonePictures)('how it is turned stays: %s', (_what, type, phone) => {
    const clean = bare(phone, type);
    expect(orientationOf(clean.subarray(clean.indexOf('MM\0*', 0, 'latin1')))).toBe(6);
    expect(bare(clean, type).equals(clean)).toBe(true);
  });

  it.each(phonePictures)('the picture with its colours stays byte for byte: %s', (_what, type, phone, plain) => {
    expect(bare(plain, type).equals(plain)).toBe(true);
    const clean = bare(phone, type);
    const from = type === 'image/jpeg' ? 2 : 33;
    const pixels = plain.subarray(from);
    expect(clean.includes(pixels)).toBe(true);
  });

  it('the flags of a WebP say what is in it', () => {
    expect(bare(phoneWebp, 'image/webp').readUInt8(20)).toBe(0x28);
    const straight = fullWebp(0x24, webpChunk('XMP ', Buffer.from(secret)));
    expect(bare(straight, 'image/webp').equals(webp)).toBe(true);
  });
});

describe('a broken picture', () => {
  const wrongSum = Buffer.from(png);
  wrongSum.writeUInt8(wrongSum.readUInt8(45) ^ 1, 45);
  it.each([
    ['a JPEG of three bytes', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff])],
    ['a JPEG without pixels', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
    ['a JPEG that ends early', 'image/jpeg', jpeg.subarray(0, -2)],
    [
      'a JPEG with a page behind its first bytes',
      'image/jpeg',
      Buffer.concat([jpeg.subarray(0, 2), Buffer.from('\u00ff<script>', 'latin1')]),
    ],
    ['a PNG of its signature', 'image/png', png.subarray(0, 8)],
    ['a PNG that ends early', 'image/png', png.subarray(0, -12)],
    ['a PNG with a wrong checksum', 'image/png', wrongSum],
    ['a PNG without pixels', 'image/png', Buffer.concat([pngHead, png.subarray(-12)])],
    ['a WebP that ends early', 'image/webp', webp.subarray(0, -4)],
    ['a WebP without pixels', 'image/webp', Buffer.from('RIFF\x04\0\0\0WEBP', 'latin1')],
  ])('is found: %s', (_what, type, bytes) => {
    expect(withoutMetadata(bytes, type)).toBeUndefined();
  });

  it('is found wherever a picture was cut', () => {
    for (const [, type, phone, plain] of phonePictures) {
      const whole = bare(phone, type);
      for (let length = 0; length < whole.length; length += 1) {
        expect(withoutMetadata(whole.subarray(0, length), type)).toBeUndefined();
      }
      expect(withoutMetadata(plain, type)).toBeDefined();
    }
  });
});

it('leaves a document as it is', () => {
  const pdf = Buffer.from('%PDF-1.4\n%%EOF\n');
  expect(withoutMetadata(pdf, 'application/pdf')).toBe(pdf);
});
