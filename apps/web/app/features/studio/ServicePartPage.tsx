import type { Api } from '@plumbline/api-client';
import type { OwnServiceView } from '@plumbline/contracts/catalogue';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, type Form } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf, type FormState } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load, notFound } from '../../lib/load.ts';
import { mapModel, type MapModel } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Check, Choice } from '../../ui/Field.tsx';
import type { Route } from './+types/ServicePartPage';
import './messages.ts';
import { PackageFields, readPackages } from './parts/PackageFields.tsx';
import { readService, serviceWords } from './parts/serviceBody.ts';
import { ServiceFields } from './parts/ServiceFields.tsx';
import { SaveBar, StudioFrame } from './parts/StudioForm.tsx';
import { TeamChoice, type TeamMember } from './parts/TeamChoice.tsx';
import { ZoneChoice, type ZoneOption } from './parts/ZoneChoice.tsx';
import { zoneOptions } from './parts/zones.ts';

const parts = ['details', 'packages', 'team', 'coverage'] as const;
type Part = (typeof parts)[number];

const partOf = (text: string): Part => parts.find((part) => part === text) ?? notFound();

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const part = partOf(params.part);
    const service = await api.catalogue.service({ params: { serviceId: params.serviceId } });
    const organisation = { organisationId: service.organisationId };
    const [members, market] = await Promise.all([
      part === 'team' ? api.identity.members({ params: organisation }) : { items: [] },
      marketOf(context),
    ]);
    const team = members.items.map(({ personId, name }) => ({ personId, name }));
    const area = part === 'coverage' ? { zones: zoneOptions(market, null), map: mapModel(market) } : null;
    return { part, service, team, area, currency: market.currency, formKey: crypto.randomUUID() };
  });
}

interface Change {
  api: Api;
  params: { serviceId: string };
  form: Form;
  currency: string;
  t: Translator;
}

const changes: Record<Part, (change: Change) => Promise<unknown>> = {
  details: ({ api, params, form, currency, t }) => {
    const body = { version: Number(form.text('version')), changes: readService(form, currency, t) };
    return api.catalogue.editService({ params, body });
  },
  packages: ({ api, params, form, currency, t }) =>
    api.catalogue.setPackages({ params, body: { items: readPackages(form, currency, t) } }),
  team: ({ api, params, form, t }) => {
    const personIds = form.all('team');
    if (personIds.length === 0) throw new FormFault({ field: 'team', message: t('studio.service.error.team') });
    return api.catalogue.setTeam({ params, body: { personIds } });
  },
  coverage: ({ api, params, form, t }) => {
    const own = form.text('which') === 'own';
    const zones = own ? form.all('zones') : [];
    if (own && zones.length === 0) throw new FormFault({ field: 'zones', message: t('studio.coverage.error.none') });
    const items = zones.map((zoneId) => ({ zoneId, tier: 'primary' as const, capacity: null }));
    return api.catalogue.setServiceCoverage({ params, body: { items } });
  },
};

export function action({ context, params, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const { serviceId } = params;
  return act(request, t, serviceWords, async (form) => {
    const { currency } = await marketOf(context);
    const change = { api: context.get(apiContext), params: { serviceId }, form, currency, t };
    await changes[partOf(params.part)](change);
    return redirect(paths.ownService(serviceId, { saved: 1 }));
  });
}

const titles = {
  details: ['studio.service.edit.title', 'studio.service.edit.lead'],
  packages: ['studio.packages.title', 'studio.packages.lead'],
  team: ['studio.team.title', 'studio.team.lead'],
  coverage: ['studio.service_coverage.title', 'studio.service_coverage.lead'],
} as const;

export default function ServicePartPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { part, service, team, area, currency, formKey } = loaderData;
  const home = paths.ownService(service.serviceId);
  return (
    <StudioFrame
      wide={part === 'coverage'}
      title={t(titles[part][0])}
      lead={t(titles[part][1])}
      back={{ to: home, label: service.title }}
    >
      <ActionForm intent={part} formKey={formKey} failure={failureOf(actionData)} className="group grid gap-8">
        {(form) => (
          <>
            <input type="hidden" name="version" value={service.version} />
            <Fields part={part} service={service} team={team} area={area} currency={currency} form={form} />
            <SaveBar label={t('studio.service.save')} busy={form.busy} back={home} />
          </>
        )}
      </ActionForm>
    </StudioFrame>
  );
}

interface FieldsProps {
  part: Part;
  service: OwnServiceView;
  team: TeamMember[];
  area: { zones: ZoneOption[]; map: MapModel } | null;
  currency: string;
  form: FormState;
}

function Fields({ part, service, team, area, currency, form }: FieldsProps): ReactNode {
  const t = useT();
  if (part === 'details') return <ServiceFields service={service} currency={currency} form={form} />;
  if (part === 'packages') return <PackageFields service={service} currency={currency} form={form} />;
  if (part === 'coverage' && area) return <Areas service={service} {...area} form={form} />;
  return (
    <TeamChoice
      legend={t('studio.service.team')}
      hint={t('studio.service.team.hint')}
      team={team}
      chosen={service.teamPersonIds}
      error={form.error('team')}
    />
  );
}

function Areas({
  service,
  zones,
  map,
  form: { error, value },
}: Pick<FieldsProps, 'service' | 'form'> & { zones: ZoneOption[]; map: MapModel }): ReactNode {
  const t = useT();
  const { inherited, items } = service.coverage;
  const which = value('which', inherited ? 'same' : 'own');
  return (
    <div className="grid gap-6">
      <Choice legend={t('studio.service_coverage.title')} quietLegend name="which">
        <Check
          type="radio"
          name="which"
          value="same"
          label={t('studio.service_coverage.same')}
          defaultChecked={which === 'same'}
        />
        <Check
          type="radio"
          name="which"
          value="own"
          label={t('studio.service_coverage.own')}
          defaultChecked={which === 'own'}
        />
      </Choice>
      {/* Without :has() the areas are simply there; they count only for the second answer. */}
      <div className="group-has-[input[value=same]:checked]:hidden">
        <ZoneChoice
          zones={zones}
          chosen={items.map(({ zoneId }) => zoneId)}
          presets={[]}
          map={map}
          base={undefined}
          error={error('zones')}
        />
      </div>
    </div>
  );
}
