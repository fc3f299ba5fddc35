import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { useLive } from '../../lib/live.ts';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { LinkButton, TextLink } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Page, PageHead } from '../../ui/Layout.tsx';
import { Banner, StatusBadge, type Tone } from '../../ui/Signs.tsx';
import { Title } from '../../ui/Title.tsx';
import type { Route } from './+types/StudioPage';
import './messages.ts';
import { tasksOf, type PartState, type Task } from './parts/progress.ts';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const api = context.get(apiContext);
    const { liveCursor } = context.get(pageContext);
    const { organisationId, name, slug } = await companyFor(api);
    return { tasks: await tasksOf(api, organisationId), organisationId, name, slug, liveCursor };
  });
}

/** Payouts may follow later; the rest stands between a company and its first customer. */
const blocks = (task: Task): boolean => task.part !== 'payments' && task.state !== 'done';

export default function StudioPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { tasks, organisationId, name, slug, liveCursor } = loaderData;
  useLive([`organisation:${organisationId}`], liveCursor);
  const done = tasks.filter(({ state }) => state === 'done').length;
  const ready = !tasks.some(blocks);
  const title = t(ready ? 'studio.title.ready' : 'studio.title', { company: name });
  return (
    <Page width="prose">
      <Title>{title}</Title>
      <PageHead title={title} lead={t(ready ? 'studio.lead.ready' : 'studio.lead')} />
      <p className="mb-3 font-strong">{t('studio.progress', { done, all: tasks.length })}</p>
      <Progress done={done} all={tasks.length} />
      <ol aria-label={t('studio.tasks')} className="mt-6 overflow-hidden rounded-card border border-line bg-sheet">
        {tasks.map((task) => (
          <TaskRow key={task.part} task={task} />
        ))}
      </ol>
      <div className="mt-8">{ready ? <Shown slug={slug} /> : <Missing tasks={tasks.filter(blocks)} />}</div>
    </Page>
  );
}

/** Drawn like the line: through where it is done, dotted where it goes on. */
function Progress({ done, all }: { done: number; all: number }): ReactNode {
  return (
    <div aria-hidden="true" className="flex items-center">
      {Array.from({ length: all }, (_, index) => (
        <span
          key={index}
          className={
            index < done
              ? 'h-0 flex-1 border-t-4 border-brass-deep'
              : 'h-0 flex-1 border-t-4 border-dotted border-line-strong'
          }
        />
      ))}
    </div>
  );
}

const tones: Record<PartState, Tone> = { todo: 'plain', doing: 'warn', waiting: 'info', problem: 'bad', done: 'good' };

function TaskRow({ task: { part, state, n } }: { task: Task }): ReactNode {
  const t = useT();
  const counted = part === 'coverage' || part === 'service';
  return (
    <li className="relative flex items-center gap-4 border-b border-line px-4 py-4 last:border-0 hover:bg-sunk sm:px-5">
      <div className="min-w-0 flex-1">
        <Link
          to={paths.studioPart(part)}
          prefetch="intent"
          className="font-strong before:absolute before:inset-0 hover:underline hover:underline-offset-4"
        >
          {t(`studio.task.${part}`)}
        </Link>
        <p className="text-14 text-ink-muted">
          {counted ? t(`studio.task.${part}.hint`, { n }) : t(`studio.task.${part}.hint`)}
        </p>
      </div>
      <StatusBadge tone={tones[state]}>{t(`studio.state.${state}`)}</StatusBadge>
      <Icon name="arrow-end" size={18} className="text-ink-muted max-sm:hidden rtl:-scale-x-100" />
    </li>
  );
}

function Missing({ tasks }: { tasks: Task[] }): ReactNode {
  const t = useT();
  return (
    <section aria-labelledby="missing">
      <h2 id="missing" className="text-18">
        {t('studio.missing.title')}
      </h2>
      <p className="mt-1 text-ink-muted">{t('studio.missing.lead')}</p>
      <ul className="mt-3 grid list-disc gap-1.5 ps-5 marker:text-brass-deep">
        {tasks.map(({ part, state }) => (
          <li key={part}>
            {part === 'documents' && state === 'waiting' ? (
              t('studio.missing.documents.waiting')
            ) : (
              <TextLink to={paths.studioPart(part)}>
                {part === 'payments' ? t('studio.payments.note') : t(`studio.missing.${part}`)}
              </TextLink>
            )}
          </li>
        ))}
      </ul>
      <p className="mt-4 text-14 text-ink-muted">{t('studio.payments.note')}</p>
    </section>
  );
}

function Shown({ slug }: { slug: string }): ReactNode {
  const t = useT();
  return (
    <Banner
      tone="good"
      title={t('studio.shown.title')}
      action={
        <LinkButton to={paths.provider(slug)} tone="quiet" size="small">
          {t('studio.front')}
        </LinkButton>
      }
    >
      {t('studio.shown.text')}
    </Banner>
  );
}
