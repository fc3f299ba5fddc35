import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { apiContext } from '../../lib/context.ts';
import { useT } from '../../lib/i18n.tsx';
import { load } from '../../lib/load.ts';
import { paths } from '../../paths.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Table } from '../../ui/Table.tsx';
import { EmptyState } from '../../ui/Wait.tsx';
import type { Route } from './+types/AuditPage';
import './messages.ts';
import { TowerPage } from './parts/TowerPage.tsx';
import { Pager } from './parts/Pager.tsx';

const zone = 'Europe/London';

export function loader({ context, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const search = new URL(request.url).searchParams;
    const subject = search.get('subject')?.trim() || undefined;
    const cursor = search.get('cursor') ?? undefined;
    const query = { limit: 50, ...(subject && { subject }), ...(cursor && { cursor }) };
    return {
      page: await context.get(apiContext).ops.audit({ query }),
      subject: subject ?? null,
      cursor: cursor ?? null,
    };
  });
}

export default function AuditPage({ loaderData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { page, subject, cursor } = loaderData;
  return (
    <TowerPage title={t('admin.audit.title')} lead={t('admin.audit.lead')}>
      <Form className="mb-6 flex flex-wrap items-end gap-3">
        <TextField
          name="subject"
          label={t('admin.audit.filter')}
          hint={t('admin.audit.filter.hint')}
          defaultValue={subject ?? ''}
          frameClass="grow basis-64 sm:max-w-form"
        />
        <Button tone="quiet">{t('admin.audit.filter.submit')}</Button>
      </Form>
      {page.items.length === 0 ? (
        <EmptyState drawing="search" title={t('admin.audit.empty')} />
      ) : (
        <Table
          caption={t('admin.audit.title')}
          rows={page.items}
          rowKey={(entry) => entry.entryId}
          columns={[
            {
              key: 'when',
              label: t('admin.audit.when'),
              renderCell: (entry) => (
                <span className="whitespace-nowrap">{t.moment({ at: entry.at, zone }, { zone: false })}</span>
              ),
            },
            { key: 'who', label: t('admin.audit.who'), renderCell: (entry) => entry.actor },
            {
              key: 'act',
              label: t('admin.audit.act'),
              renderCell: (entry) => <code className="font-code text-14">{entry.act}</code>,
            },
            {
              key: 'subject',
              label: t('admin.audit.subject'),
              wide: true,
              renderCell: (entry) => <code className="font-code text-14">{entry.subject}</code>,
            },
            {
              key: 'reason',
              label: t('admin.audit.reason'),
              wide: true,
              renderCell: (entry) => entry.reason ?? t('admin.audit.none'),
            },
          ]}
        />
      )}
      <Pager
        next={page.next && paths.adminPart('audit', { subject, cursor: page.next })}
        first={cursor ? paths.adminPart('audit', { subject }) : undefined}
      />
    </TowerPage>
  );
}
