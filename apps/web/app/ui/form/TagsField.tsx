import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button, Tag, TagGroup, TagList } from 'react-aria-components';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { control, edge, Frame, TextField, type Anatomy } from '../Field.tsx';
import { useHydrated } from '../hydrated.ts';
import { Icon } from '../Icon.tsx';
import '../messages.ts';

interface TagsProps extends Omit<Anatomy, 'label'> {
  label: string;
  value?: string[];
  disabled?: boolean;
}

/** The words of a text with commas, each once. */
export const tagsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,،]/)
      .map((word) => word.trim())
      .filter(Boolean),
  ),
];

/**
 * Several short words. Posts them as one text with commas, as the native field of a page without scripts does; the
 * action reads both with `tagsOf`. A word that was typed but not added counts too.
 */
export function TagsField({ label, name, hint, error, quietLabel, frameClass, value, disabled }: TagsProps): ReactNode {
  const t = useT();
  const hydrated = useHydrated();
  const [tags, setTags] = useState(value ?? []);
  const [draft, setDraft] = useState('');
  const anatomy = { label, name, error, quietLabel, frameClass };
  if (!hydrated) {
    return (
      <TextField {...anatomy} hint={hint ?? t('part.tags.plain')} defaultValue={tags.join(', ')} disabled={disabled} />
    );
  }
  const add = (text: string): void => {
    setTags(tagsOf([...tags, text].join(',')));
    setDraft('');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if ((event.key === 'Enter' || event.key === ',' || event.key === '،') && draft.trim()) {
      event.preventDefault();
      add(draft);
    } else if (event.key === 'Backspace' && draft === '') setTags(tags.slice(0, -1));
  };
  return (
    <Frame {...anatomy} hint={hint ?? t('part.tags.keys')}>
      {({ id, describedBy, invalid }) => (
        <div className={cx(control, edge(error), 'flex min-h-touch flex-wrap items-center gap-1.5 py-1.5')}>
          <input type="hidden" name={name} value={tagsOf([...tags, draft].join(',')).join(', ')} />
          {tags.length > 0 && (
            <Tags
              label={label}
              tags={tags}
              disabled={disabled}
              onRemove={(gone) => setTags(tags.filter((tag) => !gone.has(tag)))}
            />
          )}
          <input
            id={id}
            value={draft}
            disabled={disabled}
            onChange={({ currentTarget }) => setDraft(currentTarget.value)}
            onKeyDown={onKeyDown}
            onBlur={() => draft.trim() && add(draft)}
            aria-describedby={describedBy}
            aria-invalid={invalid}
            className="min-h-8 min-w-24 flex-1 bg-transparent px-1"
          />
        </div>
      )}
    </Frame>
  );
}

interface TagListProps {
  label: string;
  tags: string[];
  disabled: boolean | undefined;
  onRemove: (gone: Set<unknown>) => void;
}

function Tags({ label, tags, disabled, onRemove }: TagListProps): ReactNode {
  const t = useT();
  return (
    <TagGroup aria-label={label} {...(!disabled && { onRemove })}>
      <TagList className="flex flex-wrap gap-1.5">
        {tags.map((tag) => (
          <Tag
            key={tag}
            id={tag}
            textValue={tag}
            className="inline-flex min-h-8 items-center gap-1 rounded-tag bg-sunk ps-2.5 text-14 font-medium outline-offset-1"
          >
            {tag}
            <Button
              slot="remove"
              aria-label={t('part.tags.remove', { tag })}
              className="grid size-8 place-items-center rounded-tag text-ink-muted hover:text-ink"
            >
              <Icon name="cross" size={14} />
            </Button>
          </Tag>
        ))}
      </TagList>
    </TagGroup>
  );
}
