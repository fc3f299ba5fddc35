import type { ReactNode } from 'react';
import type { Failure } from '../../../lib/act.ts';
import { ActionForm, type FormState } from '../../../lib/Form.tsx';
import { useT } from '../../../lib/i18n.tsx';
import { Button } from '../../../ui/Button.tsx';
import { SelectField, TextField } from '../../../ui/Field.tsx';

interface BlockFormProps {
  people: { resourceId: string; name: string }[];
  today: string;
  formKey: string;
  failure: Failure | undefined;
}

/** Takes a piece of time out of the calendar: the dentist, a merchant's visit, a day for the van. */
export function BlockForm({ people, today, formKey, failure }: BlockFormProps): ReactNode {
  const t = useT();
  return (
    <details className="mt-8 rounded-card border border-line bg-sheet" open={failure?.intent === 'block'}>
      <summary className="px-5 py-4 font-strong">{t('work.block.title')}</summary>
      <div className="border-t border-line p-5">
        <p className="mb-5 max-w-prose text-ink-muted">{t('work.block.lead')}</p>
        <ActionForm intent="block" formKey={formKey} failure={failure} className="max-w-form">
          {(form) => <BlockFields people={people} today={today} form={form} />}
        </ActionForm>
      </div>
    </details>
  );
}

type BlockFieldsProps = Pick<BlockFormProps, 'people' | 'today'> & { form: FormState };

function BlockFields({ people, today, form: { error, value, busy } }: BlockFieldsProps): ReactNode {
  const t = useT();
  const [only, ...others] = people;
  return (
    <div className="grid gap-5">
      {only && others.length === 0 ? (
        <input type="hidden" name="resourceId" value={only.resourceId} />
      ) : (
        <SelectField
          name="resourceId"
          label={t('work.block.who')}
          empty=""
          options={people.map(({ resourceId, name }) => ({ value: resourceId, label: name }))}
          error={error('resourceId')}
          defaultValue={value('resourceId') ?? ''}
        />
      )}
      <div className="grid gap-5 sm:grid-cols-[1.4fr_1fr_1fr]">
        <TextField
          name="date"
          type="date"
          min={today}
          label={t('work.block.date')}
          error={error('date')}
          defaultValue={value('date', today)}
        />
        <TextField
          name="from"
          type="time"
          step={300}
          label={t('work.block.from')}
          error={error('from')}
          defaultValue={value('from')}
        />
        <TextField
          name="to"
          type="time"
          step={300}
          label={t('work.block.to')}
          error={error('to')}
          defaultValue={value('to')}
        />
      </div>
      <TextField
        name="label"
        label={t('work.block.label')}
        hint={t('work.block.label.hint')}
        maxLength={120}
        error={error('label')}
        defaultValue={value('label')}
      />
      <Button className="justify-self-start" busy={busy && t('work.block.busy')}>
        {t('work.block.submit')}
      </Button>
    </div>
  );
}
