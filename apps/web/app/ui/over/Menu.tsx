import type { ReactNode } from 'react';
import { Button, Menu as AriaMenu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components';
import { cx } from '../cx.ts';
import { Icon, type IconName } from '../Icon.tsx';
import { itemLook, popoverLook } from '../form/listBox.ts';

export interface MenuAct {
  id: string;
  label: string;
  icon?: IconName;
  /** Stands apart at the end: it cannot be taken back. */
  danger?: boolean;
  disabled?: boolean;
}

/**
 * Acts on one thing, behind one button, for pages with React Aria (tables, boards). Whatever it does has a button on
 * the thing's own page too. Menus of links are native popovers.
 */
export function Menu({
  label,
  acts,
  onAct,
}: {
  label: ReactNode;
  acts: MenuAct[];
  onAct: (id: string) => void;
}): ReactNode {
  const safe = acts.filter(({ danger }) => !danger);
  const grave = acts.filter(({ danger }) => danger);
  return (
    <MenuTrigger>
      <Button className="inline-flex min-h-touch items-center gap-2 rounded-control border border-line-strong bg-sheet px-4 font-strong hover:bg-sunk">
        {label}
        <Icon name="chevron-down" className="text-ink-muted" />
      </Button>
      <Popover offset={4} className={popoverLook}>
        <AriaMenu onAction={(key) => onAct(String(key))} className="outline-none">
          {safe.map((act) => (
            <Act key={act.id} act={act} />
          ))}
          {safe.length > 0 && grave.length > 0 && <Separator className="my-1 border-t border-line" />}
          {grave.map((act) => (
            <Act key={act.id} act={act} />
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function Act({ act: { id, label, icon, danger, disabled = false } }: { act: MenuAct }): ReactNode {
  return (
    <MenuItem id={id} textValue={label} isDisabled={disabled} className={cx(itemLook, danger && 'text-bad-ink')}>
      {icon && <Icon name={icon} className={danger ? undefined : 'text-ink-muted'} />}
      {label}
    </MenuItem>
  );
}
