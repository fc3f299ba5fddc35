import { describe, expect, it } from 'vitest';
import { dbTest } from '../../../platform/testing.ts';
import { buildDeal, orderAt } from '../fixtures.ts';
import { pspTest } from '../psp-fixtures.ts';
import { runPayouts } from '../payout/run.ts';
import { seedAccounts } from './demo.ts';
import { payability } from './service.ts';

const t = dbTest();
const psp = pspTest(t);

describe('the accounts of a demo market', () => {
  it('are complete and old enough for payouts to flow at once', async () => {
    const deal = await buildDeal(t, psp, { bank: null });
    await seedAccounts(psp.ctx());
    await psp.settle();
    expect(await payability(psp.ctx(), deal.organisationId)).toEqual({ payable: true });
    const orderId = await orderAt(psp, deal, 'released');
    expect(await runPayouts(psp.ctx())).toMatchObject({ payouts: 1 });
    await psp.settle();
    await psp.pass({ days: 2 });
    expect((await psp.order(orderId)).state).toBe('closed');
  });
});
