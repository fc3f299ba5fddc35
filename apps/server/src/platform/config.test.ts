import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(readConfig({})).toMatchObject({
      production: false,
      demo: true,
      port: 4000,
      publicUrl: 'http://127.0.0.1:4000',
      databaseUrl: undefined,
      limitFactor: 1,
    });
  });

  it('names everything that is wrong at once, and repeats no password', () => {
    const wrong = {
      PORT: 'x',
      DATABASE_URL: 'mysql://root:hunter2@db',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'plumbline',
      PLUMBLINE_LIMIT_FACTOR: '-1',
    };
    const read = () => readConfig(wrong);
    for (const name of Object.keys(wrong)) expect(read).toThrow(name);
    expect(read).not.toThrow(/hunter2/);
  });

  it('is no demo in production, and asks for the keys of the payment service there', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/STRIPE_SECRET_KEY/);
    const keys = { STRIPE_SECRET_KEY: 'a', STRIPE_WEBHOOK_SECRET: 'b', STRIPE_CONNECT_WEBHOOK_SECRET: 'c' };
    expect(readConfig({ NODE_ENV: 'production', ...keys }).demo).toBe(false);
  });
});
