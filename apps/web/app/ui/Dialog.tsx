import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { CloseButton } from './over/CloseButton.tsx';

/**
 * A question that must be answered before anything else. Import it lazily: it brings React Aria with it. Whatever it
 * asks must also be reachable as a page, for those without JavaScript.
 */
export default function Dialog({
  title,
  open,
  onClose,
  children,
}: {
  title: ReactNode;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
}): ReactNode {
  return (
    <ModalOverlay
      isOpen={open}
      onOpenChange={(next) => !next && onClose()}
      isDismissable
      className="fixed inset-0 z-40 flex items-end justify-center bg-scrim sm:items-center sm:p-6"
    >
      <Modal className="rise max-h-[90dvh] w-full max-w-form overflow-y-auto rounded-t-sheet bg-sheet p-6 shadow-float sm:rounded-sheet">
        <AriaDialog className="outline-none">
          <div className="mb-4 flex items-start justify-between gap-4">
            <Heading slot="title" className="text-22">
              {title}
            </Heading>
            <CloseButton onClose={onClose} className="-me-2 -mt-1" />
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
