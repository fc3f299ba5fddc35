import type { Ctx } from '../../platform/ctx.ts';
import * as store from './store.ts';

/** A name as a part of a URL: `Café Bôa & Sons` → `cafe-boa-sons`. Names in other scripts become `org`. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (
    plain
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60)
      .replace(/-+$/, '') || 'org'
  );
}

/** The slug of a name that no other organisation of the region has: `novak`, `novak-2`, … */
export async function freeSlug(ctx: Ctx, name: string): Promise<string> {
  const slug = slugOf(name);
  const taken = new Set((await store.slugsLike.all(ctx, ctx.regionId, slug)).map((row) => row.slug));
  if (!taken.has(slug)) return slug;
  let number = 2;
  while (taken.has(`${slug}-${number}`)) number += 1;
  return `${slug}-${number}`;
}
