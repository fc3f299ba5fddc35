import type { ProfileBody, ProfileView } from '@plumbline/contracts/catalogue';
import type { MarketView } from '@plumbline/contracts/zones';
import type { MessageKey } from '@plumbline/i18n';
import type { Translator } from '@plumbline/i18n/translator';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, type FieldFault, type FieldWords, type Form } from '../../lib/act.ts';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf, type FormState } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { nearestPlace } from '../../lib/mapModel.ts';
import { marketOf } from '../../lib/market.ts';
import { paths } from '../../paths.ts';
import { Check, Choice, SelectField, TextArea, TextField } from '../../ui/Field.tsx';
import type { Route } from './+types/ProfilePage';
import './messages.ts';
import { languages } from './parts/languages.ts';
import { SaveBar, StudioFrame } from './parts/StudioForm.tsx';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { organisationId } = await companyFor(api);
    const [profile, market] = await Promise.all([
      api.catalogue.profile({ params: { organisationId } }),
      marketOf(context),
    ]);
    const places = market.places.map(({ placeId, label }) => ({ value: placeId, label }));
    const place = profile.base ? nearestPlace(market.places, profile.base)?.placeId : undefined;
    return { profile, places, place: place ?? null, formKey: crypto.randomUUID() };
  });
}

const words: FieldWords = {
  fields: {
    displayName: 'studio.profile.error.name',
    tagline: 'studio.profile.error.tagline',
    about: 'studio.profile.error.about',
    base: 'studio.profile.error.base',
    languages: 'studio.profile.error.languages',
    foundedYear: 'studio.profile.error.founded',
    vatNumber: 'studio.profile.error.vat',
  },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const api = context.get(apiContext);
  return act(request, t, words, async (form) => {
    const [{ organisationId }, market] = await Promise.all([companyFor(api), marketOf(context)]);
    const params = { organisationId };
    const { base } = await api.catalogue.profile({ params });
    await api.catalogue.setProfile({ params, body: bodyOf(form, market, base, t) });
    return redirect(paths.studio());
  });
}

function bodyOf(form: Form, market: MarketView, known: ProfileView['base'], t: Translator): ProfileBody {
  const place = form.text('base');
  const chosen = market.places.find(({ placeId }) => placeId === place);
  // The exact point stays as it was while its nearest place is still the chosen one.
  const base = known && nearestPlace(market.places, known)?.placeId === place ? known : chosen?.point;
  const vatRegistered = form.text('vatRegistered') === 'yes';
  const founded = form.text('foundedYear');
  const faults = faultsOf(form, base !== undefined, vatRegistered, t);
  if (faults.length > 0 || !base) throw new FormFault(...faults);
  return {
    displayName: form.text('displayName'),
    tagline: form.text('tagline'),
    about: form.text('about').replaceAll('\r\n', '\n'),
    base,
    languages: form.all('languages'),
    vatRegistered,
    vatNumber: vatRegistered ? form.text('vatNumber').toUpperCase() : null,
    foundedYear: founded ? Number(founded) : null,
  };
}

/** Faults that need more than one field, or that the contract would only call invalid. */
function faultsOf(form: Form, placed: boolean, vatRegistered: boolean, t: Translator): FieldFault[] {
  const founded = form.text('foundedYear');
  const checks: [boolean, string, MessageKey][] = [
    [form.text('displayName').length >= 2, 'displayName', 'studio.profile.error.name'],
    [placed, 'base', 'studio.profile.error.base'],
    [form.all('languages').length > 0, 'languages', 'studio.profile.error.languages'],
    [!founded || /^(18|19|20)\d\d$/.test(founded), 'foundedYear', 'studio.profile.error.founded'],
    [!vatRegistered || /^[A-Z0-9 ]{4,20}$/i.test(form.text('vatNumber')), 'vatNumber', 'studio.profile.error.vat'],
  ];
  return checks.filter(([good]) => !good).map(([, field, message]) => ({ field, message: t(message) }));
}

export default function ProfilePage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { profile, places, place, formKey } = loaderData;
  return (
    <StudioFrame title={t('studio.profile.title')} lead={t('studio.profile.lead')}>
      <ActionForm formKey={formKey} failure={failureOf(actionData)} className="group">
        {(form) => (
          <div className="grid gap-7">
            <Story profile={profile} form={form} />
            <SelectField
              name="base"
              label={t('studio.profile.base')}
              hint={t('studio.profile.base.hint')}
              empty={t('studio.profile.base.empty')}
              options={places}
              error={form.error('base')}
              defaultValue={form.value('base', place) ?? ''}
            />
            <Languages spoken={profile.languages} form={form} />
            <TextField
              name="foundedYear"
              label={t('studio.optional', { label: t('studio.profile.founded') })}
              inputMode="numeric"
              maxLength={4}
              className="w-28"
              error={form.error('foundedYear')}
              defaultValue={form.value('foundedYear', profile.foundedYear === null ? '' : String(profile.foundedYear))}
            />
            <Vat profile={profile} form={form} />
            <SaveBar label={t('studio.save')} busy={form.busy} back={paths.studio()} />
          </div>
        )}
      </ActionForm>
    </StudioFrame>
  );
}

interface PartProps {
  profile: ProfileView;
  form: FormState;
}

function Story({ profile, form: { error, value } }: PartProps): ReactNode {
  const t = useT();
  return (
    <>
      <TextField
        name="displayName"
        label={t('studio.profile.name')}
        hint={t('studio.profile.name.hint')}
        maxLength={80}
        autoComplete="organization"
        required
        error={error('displayName')}
        defaultValue={value('displayName', profile.displayName)}
      />
      <TextField
        name="tagline"
        label={t('studio.profile.tagline')}
        hint={t('studio.profile.tagline.hint')}
        maxLength={120}
        error={error('tagline')}
        defaultValue={value('tagline', profile.tagline)}
      />
      <TextArea
        name="about"
        label={t('studio.profile.about')}
        hint={t('studio.profile.about.hint')}
        rows={6}
        maxLength={2000}
        error={error('about')}
        defaultValue={value('about', profile.about)}
      />
    </>
  );
}

function Languages({ spoken, form: { error } }: { spoken: string[]; form: FormState }): ReactNode {
  const t = useT();
  const mine = spoken.length > 0 ? spoken : ['en'];
  // A language that is not in our list stays when it was chosen before.
  const all = t.sorted([...new Set([...languages, ...mine])], t.language);
  return (
    <Choice legend={t('studio.profile.languages')} name="languages" error={error('languages')}>
      <div className="grid grid-cols-2 gap-x-4 sm:grid-cols-3">
        {all.map((code) => (
          <Check
            key={code}
            name="languages"
            value={code}
            label={t.language(code)}
            defaultChecked={mine.includes(code)}
          />
        ))}
      </div>
    </Choice>
  );
}

function Vat({ profile, form: { error, value } }: PartProps): ReactNode {
  const t = useT();
  return (
    <div>
      <Check
        name="vatRegistered"
        value="yes"
        label={<span className="font-strong">{t('studio.profile.vat')}</span>}
        hint={t('studio.profile.vat.hint')}
        defaultChecked={value('vatRegistered', profile.vatRegistered ? 'yes' : undefined) === 'yes'}
      />
      {/* Without :has() the number is simply there. */}
      <div className="mt-3 ms-8 group-has-[input[name=vatRegistered]:not(:checked)]:hidden">
        <TextField
          name="vatNumber"
          label={t('studio.profile.vat.number')}
          hint={t('studio.profile.vat.number.hint')}
          maxLength={20}
          className="max-w-64"
          error={error('vatNumber')}
          defaultValue={value('vatNumber', profile.vatNumber)}
        />
      </div>
    </div>
  );
}
