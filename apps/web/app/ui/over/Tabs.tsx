import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { cx } from '../cx.ts';

export interface TabItem {
  id: string;
  label: ReactNode;
  content: ReactNode;
  disabled?: boolean;
}

/**
 * Views of one thing that are compared by switching. Where each view has an address, use links (`LinkChip`): they
 * work without scripts and can be shared.
 */
export function Tabs({ label, items, first }: { label: string; items: TabItem[]; first?: string }): ReactNode {
  return (
    <AriaTabs defaultSelectedKey={first} className="grid gap-5">
      <TabList aria-label={label} className="thin-scroll flex gap-1 overflow-x-auto border-b border-line">
        {items.map(({ id, label, disabled = false }) => (
          <Tab
            key={id}
            id={id}
            isDisabled={disabled}
            className={cx(
              'relative min-h-touch cursor-pointer px-3 py-2.5 font-medium whitespace-nowrap text-ink-muted',
              '-outline-offset-3 hover:text-ink data-disabled:cursor-not-allowed data-disabled:text-ink-faint',
              'data-selected:text-ink data-selected:before:absolute data-selected:before:inset-x-0',
              'data-selected:before:bottom-0 data-selected:before:h-0.5 data-selected:before:bg-action',
            )}
          >
            {label}
          </Tab>
        ))}
      </TabList>
      {items.map(({ id, content }) => (
        <TabPanel key={id} id={id}>
          {content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
