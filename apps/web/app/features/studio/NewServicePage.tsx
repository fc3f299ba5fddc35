import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault } from '../../lib/act.ts';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load, unless } from '../../lib/load.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { ActionBar } from '../../ui/Layout.tsx';
import type { Route } from './+types/NewServicePage';
import './messages.ts';
import { readService, serviceWords } from './parts/serviceBody.ts';
import { ServiceFields } from './parts/ServiceFields.tsx';
import { StudioFrame } from './parts/StudioForm.tsx';
import { TeamChoice } from './parts/TeamChoice.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const [{ organisationId, me }, { currency }] = await Promise.all([companyFor(api), marketOf(context)]);
    const { items } = await api.identity.members({ params: { organisationId } });
    const team = items.map(({ personId, name }) => ({ personId, name }));
    return { team, me: me.personId, currency, formKey: crypto.randomUUID() };
  });
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const api = context.get(apiContext);
  return act(request, t, serviceWords, async (form) => {
    const [{ organisationId }, { currency }] = await Promise.all([companyFor(api), marketOf(context)]);
    const personIds = form.all('team');
    if (personIds.length === 0) throw new FormFault({ field: 'team', message: t('studio.service.error.team') });
    const body = readService(form, currency, t);
    const { serviceId } = await api.catalogue.createService({ params: { organisationId }, body });
    const params = { serviceId };
    await api.catalogue.setTeam({ params, body: { personIds } });
    if (form.text('then') !== 'publish') return redirect(paths.ownService(serviceId, { done: 'saved' }));
    // What is still missing stands on the service's own page: the draft is kept.
    const moved = await unless('catalogue.not_ready', api.catalogue.moveService({ params, body: { act: 'submit' } }));
    return redirect(paths.ownService(serviceId, { done: moved?.state === 'published' ? 'published' : 'saved' }));
  });
}

export default function NewServicePage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { team, me, currency, formKey } = loaderData;
  return (
    <StudioFrame
      title={t('studio.service.new.title')}
      lead={t('studio.service.new.lead')}
      back={{ to: paths.studioPart('service'), label: t('studio.service.back') }}
    >
      <ActionForm formKey={formKey} failure={failureOf(actionData)}>
        {(form) => (
          <div className="grid gap-10">
            <ServiceFields service={null} currency={currency} form={form} />
            <TeamChoice
              legend={t('studio.service.team')}
              hint={t('studio.service.team.hint')}
              team={team}
              chosen={team.length === 1 ? team.map(({ personId }) => personId) : [me]}
              error={form.error('team')}
            />
            <ActionBar>
              <div className="flex w-full flex-wrap gap-3">
                <Button
                  name="then"
                  value="publish"
                  size="large"
                  busy={form.busy && t('studio.busy')}
                  className="max-sm:flex-1"
                >
                  {t('studio.service.publish')}
                </Button>
                <Button name="then" value="draft" size="large" tone="quiet" className="max-sm:flex-1">
                  {t('studio.service.draft')}
                </Button>
              </div>
            </ActionBar>
          </div>
        )}
      </ActionForm>
    </StudioFrame>
  );
}
