import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act, type FieldWords } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { paths, safeNext } from '../../paths.ts';
import { Button, TextLink } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/SignInPage';
import { homeOf } from './home.ts';
import './messages.ts';

export function loader({ request }: Route.LoaderArgs) {
  return { formKey: crypto.randomUUID(), next: new URL(request.url).searchParams.get('next') };
}

const words: FieldWords = {
  fields: { email: 'identity.error.email', password: 'identity.error.password' },
  codes: { 'identity.wrong_credentials': 'email' },
};

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, words, async (form) => {
    const body = { email: form.text('email'), password: String(form.data.get('password') ?? '') };
    const me = await context.get(apiContext).identity.signIn({ body });
    return redirect(safeNext(form.maybe('next'), homeOf(me)));
  });
}

export default function SignInPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { next, formKey } = loaderData;
  return (
    <Page width="form">
      <Title>{t('identity.sign_in.title')}</Title>
      <PageHead title={t('identity.sign_in.title')} lead={next ? t('identity.sign_in.lead.next') : undefined} />
      <ActionForm formKey={formKey} failure={failureOf(actionData)}>
        {({ error, value, busy }) => (
          <div className="grid gap-5">
            <input type="hidden" name="next" value={next ?? ''} />
            <TextField
              name="email"
              type="email"
              label={t('identity.email')}
              autoComplete="username"
              required
              error={error('email')}
              defaultValue={value('email')}
            />
            <TextField
              name="password"
              type="password"
              label={t('identity.password')}
              autoComplete="current-password"
              required
              error={error('password')}
            />
            <Button size="large" busy={busy && t('identity.sign_in.busy')}>
              {t('identity.sign_in.submit')}
            </Button>
          </div>
        )}
      </ActionForm>
      <p className="mt-8 border-t border-line pt-6">
        {t('identity.sign_in.new')}{' '}
        <TextLink to={paths.signUp({ next: next ?? '' })}>{t('identity.sign_in.sign_up')}</TextLink>
      </p>
    </Page>
  );
}
