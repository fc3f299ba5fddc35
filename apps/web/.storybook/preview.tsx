import type { Message } from '@plumbline/i18n/translator';
import type { Decorator, Preview } from '@storybook/react-vite';
import { useLayoutEffect, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createMemoryRouter, RouterProvider } from 'react-router';
import '../app/app.css';
import { directionOf, LocaleProvider } from '../app/lib/i18n.tsx';
import { addLanguage, addMessages } from '../app/lib/messages.ts';
import { globalTypes, initialGlobals, type Looks } from './looks.ts';

type Words = Record<string, Message>;

const files = import.meta.glob<Words>('../../../packages/i18n/src/*/{common,ui,part,problem,status,shell}.json', {
  eager: true,
  import: 'default',
});
const others = new Map<string, Words>();
for (const [file, words] of Object.entries(files)) {
  const locale = file.split('/').at(-2) ?? '';
  if (locale === 'en-GB') addMessages(locale, words);
  else others.set(locale, { ...others.get(locale), ...words });
}
for (const [locale, words] of others) addLanguage(locale, (key) => words[key]);

/** Sets the document as the site does, then shows the story inside the providers of a page. */
function Stage({ looks, children }: { looks: Looks; children: ReactNode }): ReactNode {
  const { locale, direction, theme, scheme, contrast, density } = looks;
  const dir = direction === 'language' ? directionOf(locale) : direction;
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.lang = locale;
    root.dir = dir;
    Object.assign(root.dataset, { theme, scheme, contrast, density });
  }, [locale, dir, theme, scheme, contrast, density]);
  // React Aria takes its direction from the language; a story may be turned around in English too.
  const spoken = dir === directionOf(locale) ? locale : dir === 'rtl' ? 'ar' : 'en-GB';
  return (
    <I18nProvider locale={spoken}>
      <LocaleProvider locale={locale}>
        <main className="max-w-page p-4 sm:p-6">{children}</main>
      </LocaleProvider>
    </I18nProvider>
  );
}

const staged: Decorator = (Story, { globals }) => <Stage looks={globals as Looks}>{<Story />}</Stage>;

/** Parts link to pages; in a story every address shows the story again. */
const routed: Decorator = (Story) => {
  const router = createMemoryRouter([{ path: '*', element: <Story /> }]);
  return <RouterProvider router={router} />;
};

const preview: Preview = {
  globalTypes,
  initialGlobals,
  decorators: [routed, staged],
  tags: ['autodocs'],
  parameters: { layout: 'fullscreen', backgrounds: { disable: true }, controls: { expanded: true } },
};

export default preview;
