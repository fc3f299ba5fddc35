import type { ReactNode } from 'react';
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { CloseButton } from './CloseButton.tsx';

interface DrawerProps {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  /** Acts that stay in sight while the rest scrolls. */
  foot?: ReactNode;
  children: ReactNode;
}

/**
 * Details beside a list that stays where it is. From the end of the line on wide windows, from below on a phone. Import
 * it lazily: it brings React Aria. Its content has a page of its own too.
 */
export default function Drawer({ title, open, onClose, foot, children }: DrawerProps): ReactNode {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-end bg-scrim sm:items-stretch sm:justify-end"
    >
      <Modal className="rise flex max-h-[90dvh] w-full flex-col rounded-t-sheet bg-sheet shadow-float sm:max-h-none sm:w-full sm:max-w-form sm:rounded-none">
        <Dialog className="flex min-h-0 flex-1 flex-col outline-none">
          <header className="flex items-start justify-between gap-4 border-b border-line py-4 ps-6 pe-4">
            <Heading slot="title" className="py-1.5 text-22">
              {title}
            </Heading>
            <CloseButton onClose={onClose} className="shrink-0" />
          </header>
          <div className="thin-scroll min-h-0 flex-1 overflow-y-auto p-6">{children}</div>
          {foot && <footer className="flex flex-wrap gap-3 border-t border-line px-6 py-4">{foot}</footer>}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
