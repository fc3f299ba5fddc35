import type { Meta, StoryObj } from '@storybook/react-vite';
import { about, Row, Rows, Speaking } from '../stories.tsx';
import { IconButton } from './IconButton.tsx';
import { Menu, type MenuAct } from './Menu.tsx';

const meta: Meta<typeof Menu> = {
  title: 'Over/Menu and tooltip',
  component: Menu,
  parameters: about(
    'A menu holds acts on one thing; what cannot be taken back stands apart at its end. A tooltip only repeats the name of a button with a picture.',
    'Enter, Space or Down opens the menu; arrows move, letters jump, Enter acts, Escape closes. A tooltip comes with the focus and goes with Escape.',
    'a menu button that says whether it is open; the picture button by its name.',
  ),
};
export default meta;

type Story = StoryObj<typeof Menu>;

const noop = (): void => undefined;
const acts: MenuAct[] = [
  { id: 'move', label: 'Move the visit', icon: 'calendar' },
  { id: 'bill', label: 'Download the invoice', icon: 'document' },
  { id: 'crew', label: 'Assign somebody', icon: 'crew', disabled: true },
  { id: 'cancel', label: 'Cancel the booking', icon: 'cross', danger: true },
];

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <Rows>
      <Row label="Menu and picture buttons">
        <Menu label="More" acts={acts} onAct={noop} />
        <IconButton label="Show on the map" icon="map" onPress={noop} />
        <IconButton label="Refresh" icon="refresh" onPress={noop} />
      </Row>
      <Row label="Arabic, right to left">
        <Speaking locale="ar">
          <Menu label="المزيد" acts={acts} onAct={noop} />
        </Speaking>
      </Row>
    </Rows>
  ),
};

export const Open: Story = {
  tags: ['picture'],
  args: { label: 'More', acts, onAct: noop },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'));
  },
};
