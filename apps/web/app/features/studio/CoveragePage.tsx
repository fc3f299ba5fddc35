import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, type FieldWords } from '../../lib/act.ts';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { project } from '../../lib/map.ts';
import { mapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import type { Route } from './+types/CoveragePage';
import './messages.ts';
import { SaveBar, StudioFrame } from './parts/StudioForm.tsx';
import { ZoneChoice } from './parts/ZoneChoice.tsx';
import { presetOf, presetsOf, zoneOptions } from './parts/zones.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { organisationId } = await companyFor(api);
    const params = { organisationId };
    const [market, coverage, profile] = await Promise.all([
      marketOf(context),
      api.catalogue.coverage({ params }),
      api.catalogue.profile({ params }),
    ]);
    const zones = zoneOptions(market, profile.base);
    const within = new URL(request.url).searchParams.get('within');
    return {
      zones,
      within,
      chosen: presetOf(within, zones) ?? coverage.items.map(({ zoneId }) => zoneId),
      map: mapModel(market),
      base: profile.base,
      formKey: crypto.randomUUID(),
    };
  });
}

const words: FieldWords = {
  codes: { 'catalogue.zone_unknown': 'zones' },
  fields: { items: 'studio.coverage.error.none' },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const api = context.get(apiContext);
  return act(request, t, words, async (form) => {
    const { organisationId } = await companyFor(api);
    const params = { organisationId };
    const zones = [...new Set(form.all('zones'))];
    if (zones.length === 0) throw new FormFault({ field: 'zones', message: t('studio.coverage.error.none') });
    // Zones that stay keep what is known of them.
    const { items } = await api.catalogue.coverage({ params });
    const before = new Map(items.map(({ zoneId, tier, capacity }) => [zoneId, { zoneId, tier, capacity }]));
    await api.catalogue.setCoverage({
      params,
      body: { items: zones.map((zoneId) => before.get(zoneId) ?? { zoneId, tier: 'primary', capacity: null }) },
    });
    return redirect(paths.studio());
  });
}

export default function CoveragePage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { zones, chosen, map, base, within, formKey } = loaderData;
  return (
    <StudioFrame wide title={t('studio.coverage.title')} lead={t('studio.coverage.lead')}>
      <ActionForm formKey={formKey} failure={failureOf(actionData)} className="grid gap-6">
        {({ error, busy }) => (
          <>
            <ZoneChoice
              // Another distance ticks anew.
              key={within ?? ''}
              zones={zones}
              chosen={chosen}
              presets={presetsOf(t, map.city, base !== null, (to) => paths.studioPart('coverage', { within: to }))}
              map={map}
              base={base ? project(map.projection, base) : undefined}
              error={error('zones')}
            />
            <SaveBar label={t('studio.coverage.submit')} busy={busy} back={paths.studio()} />
          </>
        )}
      </ActionForm>
    </StudioFrame>
  );
}
