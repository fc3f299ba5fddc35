import { useState, type DragEvent, type ReactNode } from 'react';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { Frame, type Anatomy } from '../Field.tsx';
import { Icon } from '../Icon.tsx';
import '../messages.ts';

export interface UploadItem {
  id: string;
  name: string;
  bytes: number;
  /** 0 to 1; 1 is sent. */
  progress: number;
  error?: string;
}

interface UploadProps extends Anatomy {
  /** Types the browser offers first: `image/*,.pdf`. The server decides. */
  accept?: string;
  multiple?: boolean;
  disabled?: boolean;
  items?: UploadItem[];
  onChoose?: (files: File[]) => void;
  onRemove?: (id: string) => void;
  onAgain?: (id: string) => void;
}

/**
 * Files, chosen or dropped, each with how much of it is sent. The native field lies over the whole area, so it posts
 * the files itself where there are no scripts.
 */
export function UploadField(props: UploadProps): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, accept, multiple, disabled, items = [], onChoose } = props;
  const t = useT();
  const [over, setOver] = useState(false);
  const drag = (is: boolean) => (_event: DragEvent) => setOver(is);
  return (
    <Frame {...{ label, name, hint, error, quietLabel, frameClass }}>
      {({ id, describedBy, invalid }) => (
        <>
          <div
            className={cx(
              'relative grid justify-items-center gap-1 rounded-card border border-dashed p-6 text-center transition-[background-color,border-color]',
              'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus',
              'has-disabled:bg-sunk has-disabled:text-ink-faint',
              over ? 'border-action bg-action-soft' : error ? 'border-bad bg-sheet' : 'border-line-strong bg-sheet',
            )}
          >
            <Icon name="upload" size={24} className="text-ink-muted" />
            <span aria-hidden="true" className="font-medium">
              {t('part.file.drop')}
            </span>
            <input
              type="file"
              id={id}
              name={name}
              accept={accept}
              multiple={multiple}
              disabled={disabled}
              onDragEnter={drag(true)}
              onDragLeave={drag(false)}
              onDrop={drag(false)}
              onChange={({ currentTarget }) => onChoose?.([...(currentTarget.files ?? [])])}
              aria-describedby={describedBy}
              aria-invalid={invalid}
              className="absolute inset-0 size-full cursor-pointer opacity-0 disabled:cursor-not-allowed"
            />
          </div>
          {items.length > 0 && (
            <ul aria-label={t('part.file.list')} className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-2">
              {items.map((item) => (
                <Row key={item.id} item={item} onRemove={props.onRemove} onAgain={props.onAgain} />
              ))}
            </ul>
          )}
        </>
      )}
    </Frame>
  );
}

const square =
  'grid size-touch shrink-0 place-items-center rounded-control text-ink-muted hover:bg-sunk hover:text-ink';

function Row({ item, onRemove, onAgain }: { item: UploadItem } & Pick<UploadProps, 'onRemove' | 'onAgain'>): ReactNode {
  const t = useT();
  const share = t.number(item.progress, { style: 'percent' });
  const size = t.number(item.bytes / 1_000_000, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  return (
    <li className="flex items-center gap-3 rounded-control border border-line bg-sheet py-1 ps-3 pe-1">
      <Icon name={item.error ? 'alert' : 'document'} className={item.error ? 'text-bad-ink' : 'text-ink-muted'} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-14 font-medium">{item.name}</p>
        {item.error ? (
          <p className="text-14 text-bad-ink">{item.error}</p>
        ) : item.progress < 1 ? (
          <progress
            value={item.progress}
            max={1}
            aria-label={t('part.file.sending', { name: item.name, share })}
            className={
              'mt-1.5 mb-1 block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-line ' +
              '[&::-moz-progress-bar]:bg-action [&::-webkit-progress-bar]:bg-line [&::-webkit-progress-value]:bg-action'
            }
          />
        ) : (
          <p className="text-14 text-ink-muted tabular-nums">
            {t('part.file.sent')} · {size}
          </p>
        )}
      </div>
      {item.error && onAgain && (
        <button
          type="button"
          className={square}
          aria-label={t('part.file.again', { name: item.name })}
          onClick={() => onAgain(item.id)}
        >
          <Icon name="refresh" />
        </button>
      )}
      {onRemove && (
        <button
          type="button"
          className={square}
          aria-label={t('part.file.remove', { name: item.name })}
          onClick={() => onRemove(item.id)}
        >
          <Icon name="cross" />
        </button>
      )}
    </li>
  );
}
