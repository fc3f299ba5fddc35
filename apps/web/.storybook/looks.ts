import { locales, languageNames } from '@plumbline/i18n/languages';

interface Item {
  value: string;
  title: string;
}

const choice = (title: string, icon: string, items: Item[]) => ({
  name: title,
  description: title,
  toolbar: { title, icon, items, dynamicTitle: true },
});

/** What the toolbar offers: the same attributes that the site sets on its document. */
export const globalTypes = {
  theme: choice('Theme', 'paintbrush', [
    { value: 'default', title: 'Default' },
    { value: 'industrial', title: 'Industrial' },
    { value: 'premium', title: 'Premium' },
    { value: 'emo', title: 'Emo' },
  ]),
  scheme: choice('Scheme', 'mirror', [
    { value: 'light', title: 'Light' },
    { value: 'dark', title: 'Dark' },
  ]),
  contrast: choice('Contrast', 'contrast', [
    { value: 'normal', title: 'Normal contrast' },
    { value: 'high', title: 'High contrast' },
  ]),
  density: choice('Density', 'component', [
    { value: 'comfortable', title: 'Comfortable' },
    { value: 'compact', title: 'Compact' },
  ]),
  direction: choice('Direction', 'transfer', [
    { value: 'language', title: 'As the language' },
    { value: 'ltr', title: 'Left to right' },
    { value: 'rtl', title: 'Right to left' },
  ]),
  locale: choice(
    'Language',
    'globe',
    locales.map((locale) => ({ value: locale, title: languageNames[locale] })),
  ),
};

export const initialGlobals = {
  theme: 'default',
  scheme: 'light',
  contrast: 'normal',
  density: 'comfortable',
  direction: 'language',
  locale: 'en-GB',
};

export type Looks = typeof initialGlobals;
