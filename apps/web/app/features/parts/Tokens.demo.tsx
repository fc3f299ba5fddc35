import { contrasts, densities, schemes, themes, type Contrast } from '@plumbline/tokens/choose';
import { catalogue } from '@plumbline/tokens/generated/catalogue';
import { nativeTheme } from '@plumbline/tokens/native';
import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { pageContext } from '../../lib/context.ts';
import { notFound } from '../../lib/load.ts';
import { useRoot } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, Page, PageHead, Section } from '../../ui/Layout.tsx';
import { LinkChip } from '../../ui/Signs.tsx';
import { Title } from '../../ui/Title.tsx';
import emo from '../../themes/emo.css?url';
import industrial from '../../themes/industrial.css?url';
import premium from '../../themes/premium.css?url';
import type { Route } from './+types/Tokens.demo';
import { Specimen } from './Specimen.demo.tsx';
import { TokenTable, type Row } from './TokenTable.tsx';

export const links: Route.LinksFunction = () => [industrial, premium, emo].map((href) => ({ rel: 'stylesheet', href }));

/** Every token in every theme, for those who build with them. Only in a demo market. */
export function loader({ context, request }: Route.LoaderArgs) {
  if (!context.get(pageContext).demo) notFound();
  const asked = new URL(request.url).searchParams.get('contrast');
  const contrast: Contrast = contrasts.find((one) => one === asked) ?? 'normal';
  return { contrast, rows: catalogue.map((token) => rowOf(token, contrast)) };
}

function rowOf(token: { name: string; layer: string; type: string; use?: string }, contrast: Contrast): Row {
  const values = themes.flatMap((theme) =>
    schemes.map((scheme) => {
      const native = nativeTheme({ theme, scheme, contrast, density: 'comfortable' });
      const value = ({ ...native.colours, ...native.measures } as Record<string, unknown>)[token.name];
      return { theme, scheme, value: String(value ?? '') };
    }),
  );
  return { ...token, values };
}

export default function TokensPage({ loaderData: { contrast, rows } }: Route.ComponentProps): ReactNode {
  const layers = ['semantic', 'component'] as const;
  return (
    <Page>
      <Title>Tokens</Title>
      <PageHead
        title="Every token in every theme"
        lead="What parts may use: names say what a value is for. Samples first, then each name with its value."
      />
      <nav aria-label="Contrast" className="mb-8 flex flex-wrap gap-2">
        {contrasts.map((one) => (
          <LinkChip key={one} to={`?contrast=${one}`} selected={one === contrast}>
            {one === 'high' ? 'High contrast' : 'Normal contrast'}
          </LinkChip>
        ))}
      </nav>
      <div className="grid grid-cols-1 gap-14">
        <Wear />
        <Section title="Samples">
          <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
            {themes.flatMap((theme) =>
              schemes.map((scheme) => (
                <Specimen key={theme + scheme} theme={theme} scheme={scheme} contrast={contrast} />
              )),
            )}
          </div>
        </Section>
        {layers.map((layer) => (
          <Section key={layer} title={layer === 'semantic' ? 'Semantic tokens' : 'Component tokens'}>
            <TokenTable
              label={`${layer} tokens by theme and scheme`}
              rows={rows.filter((row) => row.layer === layer)}
              contrast={contrast}
            />
          </Section>
        ))}
      </div>
    </Page>
  );
}

/** Puts a theme on for this browser: as an account would, or as a campaign would. */
function Wear(): ReactNode {
  const look = useRoot()?.look;
  const sources = [
    { part: 'theme', title: 'As an account', hint: 'Emo is refused to accounts.' },
    { part: 'campaign', title: 'As a campaign', hint: 'Emo gives way to the default where money moves.' },
  ] as const;
  return (
    <Section title="Wear a theme" lead="Kept in this browser only. Spacing and contrast are chosen in the footer.">
      <div className="grid gap-4 md:grid-cols-2">
        {sources.map(({ part, title, hint }) => (
          <Card key={part}>
            <h3 className="text-18">{title}</h3>
            <p className="mt-1 mb-4 text-ink-muted">{hint}</p>
            <Form method="post" action={paths.appearance()} preventScrollReset className="flex flex-wrap gap-2">
              <input type="hidden" name="back" value="/_ui/tokens" />
              {[...themes, 'none'].map((theme) => (
                <Button
                  key={theme}
                  size="small"
                  tone="quiet"
                  name={part}
                  value={theme}
                  aria-pressed={theme === (look?.[part] ?? 'none')}
                >
                  {theme}
                </Button>
              ))}
            </Form>
          </Card>
        ))}
      </div>
      <p className="mt-4 text-14 text-ink-muted">Densities: {densities.join(', ')}.</p>
    </Section>
  );
}
