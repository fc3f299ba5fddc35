import { signUpRoles, type SignUpRole } from '@plumbline/domain/access';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, FormFault, type FieldWords } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf, type FormState } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { paths, safeNext } from '../../paths.ts';
import { Button, TextLink } from '../../ui/Button.tsx';
import { Choice, ChoiceCard, TextField } from '../../ui/Field.tsx';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/SignUpPage';
import { startOf } from './home.ts';
import './messages.ts';

export function loader({ request }: Route.LoaderArgs) {
  const search = new URL(request.url).searchParams;
  const as = signUpRoles.find((role) => role === search.get('as'));
  return { formKey: crypto.randomUUID(), next: search.get('next'), as: as ?? 'user' };
}

const words: FieldWords = {
  fields: {
    name: 'identity.error.name',
    email: 'identity.error.email',
    password: 'identity.error.password_short',
    organisationName: 'identity.error.organisation',
  },
  codes: {
    'identity.email_taken': 'email',
    'identity.password_too_short': 'password',
    'identity.organisation_name_missing': 'organisationName',
  },
};

export function action({ context, request }: Route.ActionArgs) {
  const { locale, regionId } = context.get(pageContext);
  const t = translatorOf(locale);
  return act(request, t, words, async (form) => {
    const role = signUpRoles.find((one) => one === form.text('role'));
    if (!role) throw new FormFault({ field: 'role', message: t('identity.error.role') });
    const organisationName = role === 'user' ? undefined : form.maybe('organisationName');
    const me = await context.get(apiContext).identity.signUp({
      body: {
        role,
        regionId,
        name: form.text('name'),
        email: form.text('email'),
        password: String(form.data.get('password') ?? ''),
        ...(organisationName && { organisationName }),
      },
    });
    return redirect(safeNext(form.maybe('next'), startOf(me)));
  });
}

export default function SignUpPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { next, formKey, as } = loaderData;
  return (
    <Page width="form">
      <Title>{t('identity.sign_up.title')}</Title>
      <PageHead title={t('identity.sign_up.title')} lead={t('identity.sign_up.lead')} />
      <ActionForm formKey={formKey} failure={failureOf(actionData)} className="group">
        {(form) => <SignUpFields form={form} next={next} as={as} />}
      </ActionForm>
      <p className="mt-8 border-t border-line pt-6">
        {t('identity.sign_up.known')}{' '}
        <TextLink to={paths.signIn(next ?? undefined)}>{t('identity.sign_in.submit')}</TextLink>
      </p>
    </Page>
  );
}

interface FieldsProps {
  form: FormState;
  next: string | null;
  as: SignUpRole;
}

function SignUpFields({ form, next, as }: FieldsProps): ReactNode {
  const t = useT();
  const { error, value, busy } = form;
  return (
    <div className="grid gap-6">
      <input type="hidden" name="next" value={next ?? ''} />
      <Roles form={form} as={as} />
      <TextField
        name="name"
        label={t('identity.name')}
        autoComplete="name"
        required
        error={error('name')}
        defaultValue={value('name')}
      />
      <TextField
        name="email"
        type="email"
        label={t('identity.email')}
        autoComplete="email"
        required
        error={error('email')}
        defaultValue={value('email')}
      />
      <TextField
        name="password"
        type="password"
        label={t('identity.password')}
        hint={t('identity.password.hint')}
        autoComplete="new-password"
        required
        error={error('password')}
      />
      {/* Only companies and firms of one are asked; without :has() the field is simply there. */}
      <div className="group-has-[input[name=role][value=user]:checked]:hidden">
        <TextField
          name="organisationName"
          label={t('identity.organisation')}
          hint={t('identity.organisation.hint')}
          autoComplete="organization"
          error={error('organisationName')}
          defaultValue={value('organisationName')}
        />
      </div>
      <Button size="large" busy={busy && t('identity.sign_up.busy')}>
        {t('identity.sign_up.submit')}
      </Button>
    </div>
  );
}

function Roles({ form: { error, value }, as }: Pick<FieldsProps, 'form' | 'as'>): ReactNode {
  const t = useT();
  const chosen = value('role', as);
  return (
    <Choice legend={t('identity.role.legend')} name="role" error={error('role')}>
      <div className="grid gap-3 sm:grid-cols-2">
        {signUpRoles.map((role) => (
          <ChoiceCard
            key={role}
            name="role"
            value={role}
            label={t(`identity.role.${role}`)}
            hint={t(`identity.role.${role}.hint`)}
            defaultChecked={role === chosen}
          />
        ))}
      </div>
    </Choice>
  );
}
