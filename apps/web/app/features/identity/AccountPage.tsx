import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Card, Facts, Page, PageHead, Section } from '../../ui/Layout.tsx';
import { StatusBadge } from '../../ui/Signs.tsx';
import { ZonedTime } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/AccountPage';
import './messages.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const { items } = await context.get(apiContext).identity.sessions();
    return { sessions: items, formKey: crypto.randomUUID() };
  });
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, {}, async (form) => {
    await context.get(apiContext).identity.endSession({ params: { sessionId: form.text('sessionId') } });
    return redirect(paths.account());
  });
}

export default function AccountPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const { sessions, formKey } = loaderData;
  return (
    <Page width="prose">
      <Title>{t('identity.account.title')}</Title>
      <PageHead title={t('identity.account.title')} />
      <div className="grid gap-10">
        <Card>
          <Facts
            facts={[
              { label: t('identity.account.name'), value: me?.name },
              { label: t('identity.email'), value: me?.email },
              me !== null &&
                me.memberships.length > 0 && {
                  label: t('identity.account.company'),
                  value: t.list(me.memberships.map((one) => one.organisationName)),
                },
            ]}
          />
        </Card>
        <Section title={t('identity.account.sessions')} lead={t('identity.account.sessions.lead')}>
          <ul className="grid gap-px overflow-hidden rounded-card border border-line bg-line">
            {sessions.map((session) => (
              <li
                key={session.sessionId}
                className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 bg-sheet p-4"
              >
                <div>
                  <p className="font-medium">{session.device}</p>
                  <p className="text-14 text-ink-muted">
                    {t('identity.account.seen')}{' '}
                    <ZonedTime moment={{ at: session.lastSeenAt, zone: me?.timeZone ?? 'UTC' }} zone={false} />
                  </p>
                </div>
                {session.current ? (
                  <StatusBadge tone="good">{t('identity.account.current')}</StatusBadge>
                ) : (
                  <ActionForm intent={session.sessionId} formKey={formKey} failure={failureOf(actionData)}>
                    {() => (
                      <>
                        <input type="hidden" name="sessionId" value={session.sessionId} />
                        <Button tone="quiet" size="small">
                          {t('identity.account.end')}
                        </Button>
                      </>
                    )}
                  </ActionForm>
                )}
              </li>
            ))}
          </ul>
        </Section>
      </div>
    </Page>
  );
}
