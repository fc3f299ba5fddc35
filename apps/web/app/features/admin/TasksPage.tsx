import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import { act } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { may, useMe } from '../../lib/session.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Layout.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/TasksPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';

const zone = 'Europe/London';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => ({
    tasks: (await context.get(apiContext).ops.deadTasks()).items,
    formKey: crypto.randomUUID(),
  }));
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, {}, async (form) => {
    await context.get(apiContext).ops.replayTask({ params: { taskId: form.intent } });
    return redirect(paths.adminPart('tasks'));
  });
}

export default function TasksPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const me = useMe();
  const { tasks, formKey } = loaderData;
  return (
    <TowerPage title={t('admin.tasks.title')} lead={t('admin.tasks.lead')}>
      {tasks.length === 0 ? (
        <EmptyState drawing="work" title={t('admin.tasks.empty')}>
          <p>{t('admin.tasks.empty.text')}</p>
        </EmptyState>
      ) : (
        <ol className="grid gap-4">
          {tasks.map((task) => (
            <Card as="li" key={task.taskId}>
              <div className="flex flex-wrap items-start justify-between gap-4">
                <div className="min-w-0">
                  <h2 className="font-code text-16">{task.name}</h2>
                  <p className="text-14 text-ink-muted">
                    {t('admin.tasks.failed')}: {t.moment({ at: task.failedAt, zone }, { zone: false })}
                  </p>
                  <p className="mt-2 font-code text-14 break-words">{task.error}</p>
                </div>
                {may(me, 'ops:clock') && (
                  <ActionForm intent={task.taskId} formKey={formKey} failure={failureOf(actionData)}>
                    {({ busy }) => (
                      <Button tone="quiet" busy={busy && t('admin.tasks.busy')}>
                        {t('admin.tasks.replay')}
                      </Button>
                    )}
                  </ActionForm>
                )}
              </div>
            </Card>
          ))}
        </ol>
      )}
    </TowerPage>
  );
}
