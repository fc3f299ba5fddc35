import type { ReactNode } from 'react';
import { Button, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import { cx } from '../cx.ts';
import { control, edge, Frame, SelectField, type Anatomy, type Option } from '../Field.tsx';
import { useHydrated } from '../hydrated.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { itemLook, popoverLook } from './listBox.ts';

export interface RichOption extends Option {
  icon: IconName;
  /** One sentence under the name. */
  about: string;
}

interface RichSelectProps extends Anatomy {
  options: RichOption[];
  value?: string | undefined;
  placeholder: string;
  disabled?: boolean;
}

function RichItem({ option }: { option: RichOption }): ReactNode {
  return (
    <ListBoxItem
      id={option.value}
      textValue={option.label}
      isDisabled={option.disabled ?? false}
      className={cx(itemLook, 'items-start')}
    >
      <Icon name={option.icon} className="mt-0.5 text-ink-muted" />
      <span className="grid min-w-0">
        <Text slot="label">{option.label}</Text>
        <Text slot="description" className="text-14 font-text text-ink-muted">
          {option.about}
        </Text>
      </span>
    </ListBoxItem>
  );
}

/** In the closed field the name is enough; the sentence has done its work. */
function Chosen({ option }: { option: RichOption | undefined }): ReactNode {
  return (
    option && (
      <span className="flex items-center gap-2">
        <Icon name={option.icon} className="text-ink-muted" />
        {option.label}
      </span>
    )
  );
}

/**
 * One of a few whose names need a picture and a sentence. Posts the value. Until the page is alive it is a native list
 * with the same name. Where there is room, `ChoiceCard`s are better: everything is in sight.
 */
export function RichSelect(props: RichSelectProps): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, options, value, placeholder, disabled } = props;
  const anatomy = { label, name, hint, error, quietLabel, frameClass };
  if (!useHydrated()) {
    return <SelectField {...anatomy} options={options} defaultValue={value} empty={placeholder} disabled={disabled} />;
  }
  return (
    <Frame {...anatomy}>
      {({ id, labelId, describedBy, invalid }) => (
        <Select
          id={id}
          name={name}
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          isInvalid={Boolean(invalid)}
          isDisabled={disabled}
          defaultValue={value ?? null}
          placeholder={placeholder}
          className="relative"
        >
          <Button
            className={cx(control, edge(error), 'flex min-h-touch items-center justify-between gap-2 py-2 text-start')}
          >
            <SelectValue className="min-w-0 truncate data-placeholder:text-ink-muted">
              {({ selectedText, defaultChildren }) =>
                selectedText ? <Chosen option={options.find(({ label }) => label === selectedText)} /> : defaultChildren
              }
            </SelectValue>
            <Icon name="chevron-down" className="text-ink-muted" />
          </Button>
          <Popover offset={4} className={popoverLook}>
            <ListBox<RichOption> items={options} className="outline-none">
              {(option) => <RichItem option={option} />}
            </ListBox>
          </Popover>
        </Select>
      )}
    </Frame>
  );
}
