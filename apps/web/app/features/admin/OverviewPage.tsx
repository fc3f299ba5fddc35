import type { Overview } from '@plumbline/contracts/ops';
import type { ReactNode } from 'react';
import { redirect, useSearchParams } from 'react-router';
import { act } from '../../lib/act.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf, type FormState } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { may, useMe } from '../../lib/session.ts';
import { paths, withQuery } from '../../paths.ts';
import { Button, TextLink } from '../../ui/Button.tsx';
import { Card, Facts } from '../../ui/Layout.tsx';
import { Banner, StatusBadge } from '../../ui/Signs.tsx';
import { Table } from '../../ui/Table.tsx';
import { Money } from '../../ui/Text.tsx';
import type { Route } from './+types/OverviewPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';

const steps = ['1h', '1d', '3d'] as const;

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => ({
    overview: await context.get(apiContext).ops.overview(),
    formKey: crypto.randomUUID(),
  }));
}

export function action({ context, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  return act(request, t, {}, async (form) => {
    await context.get(apiContext).ops.advanceClock({ body: { by: form.text('by') } });
    return redirect(withQuery(paths.admin(), { moved: form.text('by') }));
  });
}

function ClockCard({ clock, form }: { clock: Overview['clock']; form: ReactNode }): ReactNode {
  const t = useT();
  const ahead =
    clock.aheadSeconds < 60
      ? t('admin.clock.level')
      : t('admin.clock.ahead', { days: Math.floor(clock.aheadSeconds / 86_400) });
  return (
    <Card>
      <h2 className="text-22">{t('admin.clock.title')}</h2>
      <p className="mt-3 text-28 font-strong tabular-nums">
        {t.moment({ at: clock.now, zone: 'Europe/London' }, { zone: true })}
      </p>
      <p className="text-14 text-ink-muted">{ahead}</p>
      {clock.movable && <p className="mt-3 max-w-prose">{t('admin.clock.text')}</p>}
      {clock.movable && form}
    </Card>
  );
}

function ClockButtons({ busy }: FormState): ReactNode {
  const t = useT();
  return (
    <div className="mt-4 flex flex-wrap gap-3">
      {steps.map((by) => (
        <Button key={by} name="by" value={by} tone="quiet" busy={busy && t('admin.clock.busy')}>
          {t(`admin.clock.by.${by}`)}
        </Button>
      ))}
    </div>
  );
}

function ProofCard({ proofs }: { proofs: Overview['proofs'] }): ReactNode {
  const t = useT();
  const failing = proofs.filter((proof) => !proof.holds).length;
  return (
    <section>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 className="text-22">{t('admin.proof.title')}</h2>
        <StatusBadge tone={failing === 0 ? 'good' : 'bad'}>
          {failing === 0 ? t('admin.proof.ok') : t('admin.proof.bad', { count: failing })}
        </StatusBadge>
      </div>
      <Table
        caption={t('admin.proof.title')}
        rows={proofs}
        rowKey={(proof) => `${proof.check} ${proof.currency ?? ''} ${proof.detail}`}
        columns={[
          {
            key: 'check',
            label: t('admin.proof.check'),
            renderCell: (proof) => (
              <code className="font-code text-14">
                {proof.check}
                {proof.currency ? ` ${proof.currency}` : ''}
              </code>
            ),
          },
          { key: 'detail', label: t('admin.proof.detail'), wide: true, renderCell: (proof) => proof.detail },
          {
            key: 'result',
            label: t('admin.proof.result'),
            end: true,
            renderCell: (proof) => (
              <StatusBadge tone={proof.holds ? 'good' : 'bad'}>
                {proof.holds ? t('admin.proof.holds') : t('admin.proof.fails')}
              </StatusBadge>
            ),
          },
        ]}
      />
    </section>
  );
}

interface StateRow {
  state: string;
  count: number;
  amount?: { minor: string; currency: string };
}

function StateTable({
  kind,
  title,
  empty,
  rows,
}: {
  kind: 'booking' | 'order' | 'payout';
  title: string;
  empty: string;
  rows: StateRow[];
}): ReactNode {
  const t = useT();
  const name = (state: string): string => {
    const key = `status.${kind}.${state}`;
    return t.has(key) ? t(key) : state;
  };
  const hasAmounts = rows.some((row) => row.amount);
  return (
    <section>
      <h2 className="mb-4 text-22">{title}</h2>
      {rows.length === 0 ? (
        <p className="text-ink-muted">{empty}</p>
      ) : (
        <Table
          caption={title}
          rows={rows}
          rowKey={(row) => `${row.state} ${row.amount?.currency ?? ''}`}
          columns={[
            { key: 'state', label: t('admin.state'), renderCell: (row) => name(row.state) },
            { key: 'count', label: t('admin.count'), end: true, renderCell: (row) => t.number(row.count) },
            ...(hasAmounts
              ? [
                  {
                    key: 'amount',
                    label: t('admin.amount'),
                    end: true,
                    renderCell: (row: StateRow) => row.amount && <Money amount={row.amount} />,
                  },
                ]
              : []),
          ]}
        />
      )}
    </section>
  );
}

function WorkCard({ overview: { tasks, documentsToReview } }: { overview: Overview }): ReactNode {
  const t = useT();
  const me = useMe();
  const documents = t.number(documentsToReview);
  return (
    <Card>
      <h2 className="mb-4 text-22">{t('admin.work.title')}</h2>
      <Facts
        facts={[
          { label: t('admin.work.waiting'), value: t.number(tasks.waiting) },
          { label: t('admin.work.running'), value: t.number(tasks.running) },
          {
            label: t('admin.work.dead'),
            value:
              tasks.dead > 0 ? <TextLink to={paths.adminPart('tasks')}>{t.number(tasks.dead)}</TextLink> : t.number(0),
          },
          { label: t('admin.work.deadlines'), value: t.number(tasks.deadlinesDue) },
          { label: t('admin.work.lag'), value: t('admin.work.lag.seconds', { seconds: tasks.outboxLagSeconds }) },
          {
            label: t('admin.work.documents'),
            value: may(me, 'compliance.document:review') ? (
              <TextLink to={paths.adminPart('documents')}>{documents}</TextLink>
            ) : (
              documents
            ),
          },
        ]}
      />
    </Card>
  );
}

export default function OverviewPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const [search] = useSearchParams();
  const { overview, formKey } = loaderData;
  return (
    <TowerPage title={t('admin.title')} lead={t('admin.lead')}>
      <div className="grid gap-10">
        {search.has('moved') && <Banner tone="good" title={t('admin.clock.moved')} />}
        <div className="grid gap-6 lg:grid-cols-2">
          <ClockCard
            clock={overview.clock}
            form={
              <ActionForm intent="advance" formKey={formKey} failure={failureOf(actionData)}>
                {(state) => <ClockButtons {...state} />}
              </ActionForm>
            }
          />
          <WorkCard overview={overview} />
        </div>
        <div className="grid gap-10 lg:grid-cols-2">
          <StateTable
            kind="booking"
            title={t('admin.bookings.title')}
            empty={t('admin.bookings.none')}
            rows={overview.bookings}
          />
          <StateTable
            kind="order"
            title={t('admin.orders.title')}
            empty={t('admin.orders.none')}
            rows={overview.orders}
          />
          <StateTable
            kind="payout"
            title={t('admin.payouts.title')}
            empty={t('admin.payouts.none')}
            rows={overview.payouts}
          />
        </div>
        <ProofCard proofs={overview.proofs} />
      </div>
    </TowerPage>
  );
}
