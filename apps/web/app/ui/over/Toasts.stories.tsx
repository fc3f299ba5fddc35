import type { Meta, StoryObj } from '@storybook/react-vite';
import { useEffect, type ReactNode } from 'react';
import { Button } from '../Button.tsx';
import { about, Row, Rows } from '../stories.tsx';
import { Toasts } from './Toasts.tsx';
import { dismissToast, toast, toasts } from './toasts.ts';

const meta: Meta<typeof Toasts> = {
  title: 'Over/Toasts',
  component: Toasts,
  parameters: about(
    'What has just happened, for ten seconds. Undo only for what can be taken back. Faults stand in the page, never here.',
    'Tab comes to Undo and Dismiss; nothing takes the focus away from where one is.',
    'a polite live region that stands before it speaks; the words of each message are read once.',
  ),
};
export default meta;

const noop = (): void => undefined;

function Shown(): ReactNode {
  useEffect(() => {
    const ids = [
      toast('Added to your favourites', { undo: noop }),
      toast('Die Verfügbarkeitsbenachrichtigungseinstellungen sind gespeichert'),
    ];
    return () => ids.forEach(dismissToast);
  }, []);
  return (
    <Rows>
      <Row label="Say something">
        <Button type="button" tone="quiet" onClick={() => toast(`Saved, message ${toasts().length + 1}`)}>
          Save
        </Button>
      </Row>
      <div className="h-72" />
      <Toasts />
    </Rows>
  );
}

export const States: StoryObj<typeof Toasts> = { tags: ['picture'], render: () => <Shown /> };
