import narrow from '@fontsource-variable/archivo-narrow/files/archivo-narrow-latin-wght-normal.woff2?url';
import bricolage from '@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2?url';
import fraunces from '@fontsource-variable/fraunces/files/fraunces-latin-wght-normal.woff2?url';
import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url';
import manrope from '@fontsource-variable/manrope/files/manrope-latin-wght-normal.woff2?url';
import arabic from '@fontsource-variable/noto-sans-arabic/files/noto-sans-arabic-arabic-wght-normal.woff2?url';
import type { Theme } from '@plumbline/tokens/choose';
import type { ReactNode } from 'react';
import emo from '../themes/emo.css?url';
import industrial from '../themes/industrial.css?url';
import premium from '../themes/premium.css?url';

const headings: Record<Theme, string> = { default: manrope, industrial: narrow, premium: fraunces, emo: bricolage };
const sheets: Record<Theme, string | undefined> = { default: undefined, industrial, premium, emo };

/** The stylesheet of the theme that is worn and the faces of the first lines, fetched beside the page. */
export function ThemeLinks({ theme, locale }: { theme: Theme; locale: string }): ReactNode {
  const faces = [inter, locale.startsWith('ar') ? arabic : headings[theme]];
  return (
    <>
      {faces.map((face) => (
        <link key={face} rel="preload" href={face} as="font" type="font/woff2" crossOrigin="anonymous" />
      ))}
      {sheets[theme] !== undefined && <link rel="stylesheet" href={sheets[theme]} />}
    </>
  );
}
