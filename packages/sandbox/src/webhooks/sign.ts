import { createHmac } from 'node:crypto';

/** The Stripe-Signature header: HMAC-SHA-256 over `t.body` (https://docs.stripe.com/webhooks/signature). */
export function signatureHeader(payload: string, secret: string, unixSeconds: number): string {
  const signature = createHmac('sha256', secret).update(`${unixSeconds}.${payload}`, 'utf8').digest('hex');
  return `t=${unixSeconds},v1=${signature}`;
}
