import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { newId, newSecret } from '../platform/ids.ts';

/** Keys that the sandbox and our servers share. Made once for an installation, readable by its owner only. */
export interface Secrets {
  stripeKey: string;
  controlKey: string;
  webhookSecret: string;
  connectWebhookSecret: string;
}

/** The installation's secrets out of its data folder; made when there are none. Two processes may race. */
export function installationSecrets(dataFolder: string): Secrets {
  mkdirSync(dataFolder, { recursive: true });
  const file = path.join(dataFolder, 'secrets.json');
  if (!existsSync(file)) writeOnce(file);
  return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
}

/** Whole or not at all, and never over another process's: a link fails when the name is taken. */
function writeOnce(file: string): void {
  const secrets: Secrets = {
    stripeKey: `sk_test_${newSecret(24)}`,
    controlKey: newSecret(24),
    webhookSecret: `whsec_${newSecret(24)}`,
    connectWebhookSecret: `whsec_${newSecret(24)}`,
  };
  const draft = `${file}.${newId()}`;
  writeFileSync(draft, JSON.stringify(secrets), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(draft);
  }
}
