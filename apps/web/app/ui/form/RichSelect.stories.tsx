import type { Meta, StoryObj } from '@storybook/react-vite';
import { RichSelect, type RichOption } from './RichSelect.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof RichSelect> = {
  title: 'Fields/Rich select',
  component: RichSelect,
  parameters: about(
    'One of a few whose names need a picture and a sentence.',
    'Space, Enter or Down opens it; arrows move, letters jump, Enter chooses, Escape closes.',
    'a button with the label and what is chosen; each choice with its sentence as description.',
  ),
};
export default meta;

type Story = StoryObj<typeof RichSelect>;

const ways: RichOption[] = [
  { value: 'bank', label: 'Bank account', icon: 'bank', about: 'Two working days after the work is accepted.' },
  { value: 'card', label: 'Debit card', icon: 'card', about: 'Within an hour, for a small fee.' },
  {
    value: 'cash',
    label: 'Cash',
    icon: 'lock',
    about: 'Not offered here: nobody could hold it for you.',
    disabled: true,
  },
];

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'How you are paid', error: 'Choose how you are paid' },
        german: { label: 'Auszahlungsbankverbindungsart', error: 'Wählen Sie eine Auszahlungsart' },
        arabic: { label: 'طريقة الدفع' },
      }}
    >
      {(state) => (
        <RichSelect {...state} options={ways} value={state.error ? undefined : 'bank'} placeholder="Choose one" />
      )}
    </FieldStates>
  ),
};

export const Open: Story = {
  args: { name: 'way', label: 'How you are paid', options: ways, placeholder: 'Choose one' },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button'));
  },
};
