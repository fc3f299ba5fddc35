import { kindsThatExpire, verificationKinds, type VerificationKind } from '@plumbline/domain/verification';
import { localDate } from '@plumbline/i18n/dates';
import type { ReactNode } from 'react';
import { redirect } from 'react-router';
import type { Translator } from '@plumbline/i18n/translator';
import { act, FormFault, type FieldWords, type Form } from '../../lib/act.ts';
import { companyFor } from '../../lib/company.ts';
import { apiContext, pageContext } from '../../lib/context.ts';
import { ActionForm, failureOf } from '../../lib/Form.tsx';
import { translatorOf, useT } from '../../lib/i18n.tsx';
import { load, notFound } from '../../lib/load.ts';
import { paths, withQuery } from '../../paths.ts';
import { FileField, TextField } from '../../ui/Field.tsx';
import type { Route } from './+types/DocumentPage';
import './messages.ts';
import { SaveBar, StudioFrame } from './parts/StudioForm.tsx';

const kindOf = (text: string): VerificationKind => verificationKinds.find((kind) => kind === text) ?? notFound();

export function loader({ context, params, request }: Route.LoaderArgs) {
  return load(request, async () => {
    const kind = kindOf(params.kind);
    await companyFor(context.get(apiContext));
    const today = localDate(new Date(context.get(pageContext).now), 'UTC');
    return { kind, expires: kindsThatExpire.includes(kind), today, formKey: crypto.randomUUID() };
  });
}

const words: FieldWords = {
  fields: { reference: 'studio.document.error.reference', expiresOn: 'studio.document.error.ends' },
  codes: {
    'trust.expiry_missing': 'expiresOn',
    'trust.expired_already': 'expiresOn',
    'trust.document_missing': 'document',
    'request.unsupported_media_type': 'document',
    'request.too_large': 'document',
    'request.broken_picture': 'document',
  },
};

export function action({ context, params, request }: Route.ActionArgs) {
  const t = translatorOf(context.get(pageContext).locale);
  const api = context.get(apiContext);
  return act(request, t, words, async (form) => {
    const kind = kindOf(params.kind);
    const { organisationId } = await companyFor(api);
    await api.trust.submit({ params: { organisationId, kind }, form: paperOf(form, kind, t) });
    return redirect(withQuery(paths.studioPart('documents'), { done: kind }));
  });
}

/** The form as the API takes it: empty fields stay out. */
function paperOf(form: Form, kind: VerificationKind, t: Translator): FormData {
  const file = form.data.get('document');
  const ends = form.maybe('expiresOn');
  const reference = form.maybe('reference');
  const given = file instanceof File && file.size > 0;
  const faults = [
    !given && { field: 'document', message: t('studio.document.error.file') },
    !ends && kindsThatExpire.includes(kind) && { field: 'expiresOn', message: t('studio.document.error.ends') },
  ].filter((fault) => typeof fault === 'object');
  if (faults.length > 0 || !given) throw new FormFault(...faults);
  const body = new FormData();
  if (reference) body.append('reference', reference);
  if (ends) body.append('expiresOn', ends);
  body.append('document', file, file.name);
  return body;
}

export default function DocumentPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const t = useT();
  const { kind, expires, today, formKey } = loaderData;
  const home = paths.studioPart('documents');
  return (
    <StudioFrame
      title={t('studio.document.title', { kind: t(`studio.document.${kind}`) })}
      lead={t(`studio.document.${kind}.hint`)}
      back={{ to: home, label: t('studio.task.documents') }}
    >
      <ActionForm formKey={formKey} failure={failureOf(actionData)} encType="multipart/form-data">
        {({ error, value, busy }) => (
          <div className="grid gap-7">
            <FileField
              name="document"
              label={t('studio.document.file')}
              hint={t('studio.document.file.hint')}
              accept="application/pdf,image/jpeg,image/png"
              error={error('document')}
            />
            {expires && (
              <TextField
                name="expiresOn"
                type="date"
                min={today}
                label={t('studio.document.ends')}
                hint={t('studio.document.ends.hint')}
                className="max-w-48"
                error={error('expiresOn')}
                defaultValue={value('expiresOn')}
              />
            )}
            <TextField
              name="reference"
              label={t('studio.optional', { label: t('studio.document.ref') })}
              hint={t('studio.document.ref.hint')}
              maxLength={120}
              error={error('reference')}
              defaultValue={value('reference')}
            />
            <p className="text-14 text-ink-muted">{t('studio.document.private')}</p>
            <SaveBar label={t('studio.document.submit')} busy={busy} back={home} />
          </div>
        )}
      </ActionForm>
    </StudioFrame>
  );
}
