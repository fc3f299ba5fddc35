import { pino, type Logger } from 'pino';

/** Never written down, wherever a log line carries them. */
const secret = [
  'password',
  'token',
  'secret',
  'authorization',
  'cookie',
  '*.password',
  '*.token',
  '*.secret',
  '*.authorization',
  '*.cookie',
  'headers.authorization',
  'headers.cookie',
  '*.headers.authorization',
  '*.headers.cookie',
  'headers["set-cookie"]',
  'email',
  '*.email',
];

/** The log of a process: JSON lines on stdout, secrets and e-mail addresses removed. */
export function createLog(level: string, part: string): Logger {
  return pino({ level, base: { part }, redact: { paths: secret, censor: '[removed]' } });
}
