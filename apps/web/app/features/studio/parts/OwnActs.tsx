import type { OwnServiceView } from '@plumbline/contracts/catalogue';
import type { MessageKey } from '@plumbline/i18n';
import type { ReactNode } from 'react';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { paths } from '../../../paths.ts';
import { Button, LinkButton, type ButtonTone } from '../../../ui/Button.tsx';

export const ownActs = ['submit', 'resume', 'withdraw', 'pause', 'archive'] as const;
export type OwnAct = (typeof ownActs)[number];

interface OwnActsProps {
  service: OwnServiceView;
  formKey: string;
  failure: Failure | undefined;
}

/** What may be done with the service now; only the act that leads to customers is the primary one. */
export function OwnActs({ service, formKey, failure }: OwnActsProps): ReactNode {
  const t = useT();
  const { can, publishedVersion, unpublishedChanges } = service;
  const live = publishedVersion !== null;
  // A published service has nothing to publish until its draft differs.
  const acts = ownActs.filter((act) => can[act] && !(act === 'submit' && live && !unpublishedChanges));
  const labelOf = (act: OwnAct): MessageKey =>
    act === 'submit' && live ? 'studio.own.act.submit_changes' : `studio.own.act.${act}`;
  const toneOf = (act: OwnAct): ButtonTone => (act === 'submit' || act === 'resume' ? 'action' : 'quiet');
  return (
    <div className="flex flex-wrap gap-3">
      {acts.map((act) => (
        <ActionForm
          key={act}
          intent={act}
          formKey={formKey}
          failure={failure}
          className={toneOf(act) === 'action' ? 'max-sm:w-full' : undefined}
        >
          {({ busy }) => (
            <Button tone={toneOf(act)} busy={busy && t('studio.own.act.busy')} className="max-sm:w-full">
              {t(labelOf(act))}
            </Button>
          )}
        </ActionForm>
      ))}
      {service.state === 'published' && (
        <LinkButton to={paths.service(service.serviceId)} tone="quiet">
          {t('studio.own.view')}
        </LinkButton>
      )}
    </div>
  );
}
