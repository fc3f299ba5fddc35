import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { directionOf, LocaleProvider } from '../lib/i18n.tsx';

/** One state of a part in its story: what it shows, then the part. */
export function Row({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <section aria-label={label} className="grid gap-3">
      <h2 className="text-14 text-ink-muted">{label}</h2>
      <div className="flex flex-wrap items-center gap-3">{children}</div>
    </section>
  );
}

/** One state that wants the whole width. */
export function Block({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <section aria-label={label} className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
      <h2 className="text-14 text-ink-muted">{label}</h2>
      {children}
    </section>
  );
}

export function Rows({ children }: { children: ReactNode }): ReactNode {
  return <div className="grid gap-8">{children}</div>;
}

/** Blocks side by side where there is room. */
export function Blocks({ children }: { children: ReactNode }): ReactNode {
  return <div className="grid gap-8 sm:grid-cols-2">{children}</div>;
}

/** The documentation of a part: what it is for, its keys, what is said aloud. */
export const about = (what: string, keys: string, aloud: string) => ({
  docs: { description: { component: `${what}\n\n**Keyboard:** ${keys}\n\n**Screen reader:** ${aloud}` } },
});

/** A part in another language, as its readers see it. */
export function Speaking({ locale, children }: { locale: string; children: ReactNode }): ReactNode {
  return (
    <I18nProvider locale={locale}>
      <LocaleProvider locale={locale}>
        <div lang={locale} dir={directionOf(locale)}>
          {children}
        </div>
      </LocaleProvider>
    </I18nProvider>
  );
}

interface FieldState {
  name: string;
  label: string;
  hint?: string;
  error?: string;
  disabled?: boolean;
}

interface FieldWords {
  english: { label: string; hint?: string; error: string };
  /** Long, as German labels are. */
  german: { label: string; error: string };
  arabic: { label: string };
}

/** A field in every state that it has: at rest, refused, disabled, in German where it is narrow, in Arabic. */
export function FieldStates({
  words: { english, german, arabic },
  children,
}: {
  words: FieldWords;
  children: (state: FieldState) => ReactNode;
}): ReactNode {
  const { error: _, ...rest } = english;
  return (
    <Blocks>
      <Block label="At rest">{children({ name: 'rest', ...rest })}</Block>
      <Block label="Refused">{children({ name: 'refused', ...english })}</Block>
      <Block label="Disabled">{children({ name: 'disabled', label: rest.label, disabled: true })}</Block>
      <Block label="Arabic, right to left">
        <Speaking locale="ar">{children({ name: 'arabic', ...arabic })}</Speaking>
      </Block>
      <Block label="German, narrow">
        <div className="max-w-60">
          <Speaking locale="de">{children({ name: 'german', ...german })}</Speaking>
        </div>
      </Block>
    </Blocks>
  );
}
