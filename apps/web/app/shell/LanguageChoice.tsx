import { languageNames, locales } from '@plumbline/i18n/languages';
import { useId, type ReactNode } from 'react';
import { Form, useLocation } from 'react-router';
import { useT } from '../lib/i18n.tsx';
import { useRoot } from '../lib/session.ts';
import { paths } from '../paths.ts';
import { cx } from '../ui/cx.ts';

/** A form that loads the page anew: the words of another language are other files, and it works without JavaScript. */
export function LanguageChoice(): ReactNode {
  const t = useT();
  const id = useId();
  const { pathname, search } = useLocation();
  const demo = useRoot()?.demo ?? false;
  const choices = locales.map((locale) => ({ locale: locale as string, name: languageNames[locale] }));
  if (demo) choices.push({ locale: 'en-XA', name: 'Ƥšéúđó' });
  return (
    <Form method="post" action={paths.language()} reloadDocument>
      <input type="hidden" name="back" value={pathname + search} />
      <fieldset>
        <legend id={id} className="mb-1.5 text-12 text-ink-muted">
          {t('shell.language')}
        </legend>
        <div className="flex flex-wrap gap-x-1 gap-y-0.5">
          {choices.map(({ locale, name }) => (
            <button
              key={locale}
              type="submit"
              name="language"
              value={locale}
              lang={locale}
              aria-pressed={locale === t.locale}
              className={cx(
                'min-h-8 rounded-tag border px-2 text-12 font-medium',
                locale === t.locale
                  ? 'border-line bg-sheet text-ink'
                  : 'border-transparent text-ink-muted hover:text-ink',
              )}
            >
              {name}
            </button>
          ))}
        </div>
      </fieldset>
    </Form>
  );
}
