import type { Config } from '@react-router/dev/config';

export default {
  appDirectory: 'app',
  // A second build beside a running one goes elsewhere.
  buildDirectory: process.env['PLUMBLINE_WEB_BUILD'] ?? 'build',
  ssr: true,
} satisfies Config;
