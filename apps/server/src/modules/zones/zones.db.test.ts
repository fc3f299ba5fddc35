import { describe, expect, it } from 'vitest';
import { defaultNumbers } from '@plumbline/domain/policy-numbers';
import { dbTest } from '../../platform/testing.ts';
import * as zones from './index.ts';

const t = dbTest();
describe('numbers', () => {
  it('founds the region with the defaults', async () => {
    expect(await zones.numbers(t.ctx())).toEqual(defaultNumbers);
    expect((await zones.region(t.ctx())).currency).toBe('GBP');
  });
});
