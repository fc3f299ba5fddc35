import type { ReactNode } from 'react';
import { Icon } from '../Icon.tsx';

interface DisclosureProps {
  title: ReactNode;
  open?: boolean;
  /** Disclosures of one name close each other. */
  group?: string;
  children: ReactNode;
}

/** More for those who want it. The browser's own `details`: it opens without scripts and by a search in the page. */
export function Disclosure({ title, open, group, children }: DisclosureProps): ReactNode {
  return (
    <details open={open} name={group} className="group border-b border-line">
      <summary className="flex min-h-touch list-none items-center justify-between gap-4 py-3 font-strong hover:text-action [&::-webkit-details-marker]:hidden">
        {title}
        <Icon name="chevron-down" className="text-ink-muted transition-transform duration-150 group-open:rotate-180" />
      </summary>
      <div className="max-w-prose pb-4">{children}</div>
    </details>
  );
}
