import type { StorybookConfig } from '@storybook/react-vite';

/** Stories lie beside their parts. Nothing is fetched from elsewhere and nothing is reported. */
const config: StorybookConfig = {
  stories: ['../app/ui/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs'],
  framework: { name: '@storybook/react-vite', options: { builder: { viteConfigPath: '.storybook/vite.config.ts' } } },
  core: { disableTelemetry: true, disableWhatsNewNotifications: true, disableProjectJson: true },
  staticDirs: ['../public'],
};

export default config;
