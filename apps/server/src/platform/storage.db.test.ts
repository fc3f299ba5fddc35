import { describe, expect, it } from 'vitest';
import { isRefusal } from './errors.ts';
import { newId } from './ids.ts';
import { pngChunk } from './picture/png.ts';
import * as storage from './storage.ts';
import { dbTest } from './testing.ts';

const t = dbTest();

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==',
  'base64',
);

describe('a kept file', () => {
  it('comes back as it was, with the type that its bytes show', async () => {
    const ctx = t.ctx();
    const id = await storage.save(ctx, { bytes: png, name: 'tap.jpg', contentType: 'text/html' });
    const file = await storage.read(ctx, id);
    expect(file.bytes.equals(png)).toBe(true);
    expect([file.contentType, file.name]).toEqual(['image/png', 'tap.jpg']);
  });

  it('of a picture is only what is seen; a broken one is refused', async () => {
    const ctx = t.ctx();
    const text = pngChunk('tEXt', Buffer.from('Comment\0Secret Street 7'));
    const bytes = Buffer.concat([png.subarray(0, 33), text, png.subarray(33)]);
    const id = await storage.save(ctx, { bytes, name: 'tap.png' });
    expect((await storage.read(ctx, id)).bytes.equals(png)).toBe(true);
    const saving = storage.save(ctx, { bytes: png.subarray(0, 40), name: 'tap.png' });
    await expect(saving).rejects.toSatisfy((error) => isRefusal(error, 'request.broken_picture'));
  });

  it.each([
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['nothing', Buffer.alloc(0)],
  ])('is not %s', async (_what, bytes) => {
    const saving = storage.save(t.ctx(), { bytes, name: 'x.png' });
    await expect(saving).rejects.toSatisfy((error) => isRefusal(error, 'request.unsupported_media_type'));
  });

  it('is no larger than 10 MiB', async () => {
    const bytes = Buffer.concat([png, Buffer.alloc(10_485_760)]);
    await expect(storage.save(t.ctx(), { bytes, name: 'x.png' })).rejects.toSatisfy((error) =>
      isRefusal(error, 'request.too_large'),
    );
  });

  it('is not found in another region, nor when there is none', async () => {
    const ctx = t.ctx();
    const id = await storage.save(ctx, { bytes: png, name: 'tap.png' });
    for (const reading of [storage.read({ ...ctx, regionId: 'ie' }, id), storage.read(ctx, newId())]) {
      await expect(reading).rejects.toSatisfy((error) => isRefusal(error, 'access.not_found'));
    }
  });
});
