import { index, layout, route, type RouteConfig } from '@react-router/dev/routes';

/** Addresses and their files. The functions that make addresses are in `paths.ts`. */
export default [
  route('appearance', 'shell/appearance.ts'),
  layout('shell/Shell.tsx', [
    layout('shell/Content.tsx', [
      route('_ui', 'features/parts/Parts.demo.tsx'),
      route('*', 'shell/NotFound.tsx'),
    ]),
  ]),
] satisfies RouteConfig;
