import type { ReactNode } from 'react';
import { Button, ComboBox, Group, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useT } from '../../lib/i18n.tsx';
import { cx } from '../cx.ts';
import { control, edge, Frame, SelectField, type Anatomy, type Option } from '../Field.tsx';
import { useHydrated } from '../hydrated.ts';
import { Icon } from '../Icon.tsx';
import '../messages.ts';
import { itemLook, popoverLook } from './listBox.ts';

interface ComboProps extends Anatomy {
  options: Option[];
  /** The value to begin with. */
  value?: string | undefined;
  placeholder?: string;
  disabled?: boolean;
}

/**
 * One of many, found by typing. Posts the value of what was chosen. Until the page is alive it is a native list with
 * the same name. Brings React Aria: not for first pages.
 */
export function ComboField(props: ComboProps): ReactNode {
  const { label, name, hint, error, quietLabel, frameClass, options, value, placeholder, disabled } = props;
  const t = useT();
  const anatomy = { label, name, hint, error, quietLabel, frameClass };
  if (!useHydrated()) {
    return <SelectField {...anatomy} options={options} defaultValue={value} empty={placeholder} disabled={disabled} />;
  }
  return (
    <Frame {...anatomy}>
      {({ id, labelId, describedBy, invalid }) => (
        <ComboBox
          id={id}
          name={name}
          aria-labelledby={labelId}
          aria-describedby={describedBy}
          isInvalid={Boolean(invalid)}
          isDisabled={disabled}
          defaultSelectedKey={value ?? null}
          defaultItems={options}
          menuTrigger="focus"
          allowsEmptyCollection
        >
          <Group className="relative flex items-center">
            <Input placeholder={placeholder} className={cx(control, edge(error), 'min-h-touch pe-11')} />
            <Button
              aria-label={t('part.combo.open')}
              className="absolute end-0 grid size-touch place-items-center text-ink-muted"
            >
              <Icon name="chevron-down" />
            </Button>
          </Group>
          <Popover offset={4} className={popoverLook}>
            <ListBox<Option>
              className="outline-none"
              renderEmptyState={() => <p className="px-3 py-2 text-ink-muted">{t('part.combo.none')}</p>}
            >
              {(option) => (
                <ListBoxItem
                  id={option.value}
                  textValue={option.label}
                  isDisabled={option.disabled ?? false}
                  className={itemLook}
                >
                  {({ isSelected }) => (
                    <>
                      <span className="min-w-0 flex-1">{option.label}</span>
                      {isSelected && <Icon name="check" className="text-action" />}
                    </>
                  )}
                </ListBoxItem>
              )}
            </ListBox>
          </Popover>
        </ComboBox>
      )}
    </Frame>
  );
}
