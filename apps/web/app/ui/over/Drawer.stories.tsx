import type { Meta, StoryObj } from '@storybook/react-vite';
import { useState, type ReactNode } from 'react';
import { Button } from '../Button.tsx';
import Dialog from '../Dialog.tsx';
import { about, Row } from '../stories.tsx';
import Drawer from './Drawer.tsx';

const meta: Meta<typeof Drawer> = {
  title: 'Over/Dialog and drawer',
  component: Drawer,
  parameters: about(
    'A dialog asks what must be answered first; a drawer shows details beside a list. Both have a page of their own for those without scripts.',
    'the focus goes in and stays in, Escape closes, then the focus is where it was.',
    'a dialog named by its heading; the page behind it is hidden.',
  ),
};
export default meta;

function Asking({ kind, startOpen }: { kind: 'dialog' | 'drawer'; startOpen: boolean }): ReactNode {
  const [open, setOpen] = useState(startOpen);
  const close = (): void => setOpen(false);
  const acts = (
    <>
      <Button type="button" tone="danger" onClick={close}>
        Cancel the booking
      </Button>
      <Button type="button" tone="quiet" onClick={close}>
        Keep it
      </Button>
    </>
  );
  const words = 'You get £96.00 back: the visit is less than 24 hours away, so Wharf Plumbing keeps a fifth.';
  return (
    <Row label="Opened from the page">
      <Button type="button" tone="quiet" onClick={() => setOpen(true)}>
        Cancel…
      </Button>
      {kind === 'dialog' ? (
        <Dialog title="Cancel this booking?" open={open} onClose={close}>
          <p>{words}</p>
          <div className="mt-6 flex flex-wrap gap-3">{acts}</div>
        </Dialog>
      ) : (
        <Drawer title="Booking of Thu 3 Dec" open={open} onClose={close} foot={acts}>
          <p>{words}</p>
        </Drawer>
      )}
    </Row>
  );
}

type Story = StoryObj<typeof Drawer>;

export const States: Story = { tags: ['picture'], render: () => <Asking kind="drawer" startOpen /> };
export const DialogOpen: Story = { tags: ['picture'], render: () => <Asking kind="dialog" startOpen /> };
export const Closed: Story = { render: () => <Asking kind="drawer" startOpen={false} /> };
