export { createSandbox, type Sandbox } from './sandbox.ts';
export type { Clock, Delays, RetryPolicy, SandboxOptions, WebhookEndpoint } from './options.ts';
export { API_VERSION } from './version.ts';
