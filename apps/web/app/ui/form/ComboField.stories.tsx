import type { Meta, StoryObj } from '@storybook/react-vite';
import { ComboField } from './ComboField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof ComboField> = {
  title: 'Fields/Combobox',
  component: ComboField,
  parameters: about(
    'One of many, found by typing. Until the page is alive it is a native list with the same name.',
    'type to filter, arrows move, Enter chooses, Escape closes and takes the last choice back.',
    'a combobox; how many match and which one is reached is spoken as one moves.',
  ),
};
export default meta;

type Story = StoryObj<typeof ComboField>;

const trades = [
  { value: 'cleaning', label: 'Cleaning' },
  { value: 'electrics', label: 'Electrics' },
  { value: 'gardening', label: 'Gardening' },
  { value: 'plumbing', label: 'Plumbing and heating' },
  { value: 'roofing', label: 'Roofing', disabled: true },
];

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Trade', error: 'Choose a trade' },
        german: { label: 'Handwerksbetriebsgewerbe', error: 'Wählen Sie ein Gewerbe' },
        arabic: { label: 'المهنة' },
      }}
    >
      {(state) => (
        <ComboField
          {...state}
          options={trades}
          value={state.error ? undefined : 'plumbing'}
          placeholder="Plumbing, roofing…"
        />
      )}
    </FieldStates>
  ),
};

export const Open: Story = {
  args: { name: 'trade', label: 'Trade', options: trades },
  play: async ({ canvas, userEvent }) => {
    await userEvent.type(canvas.getByRole('combobox'), 'ing');
  },
};
