import type { Meta, StoryObj } from '@storybook/react-vite';
import { SplitField } from './SplitField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof SplitField> = {
  title: 'Fields/Split',
  component: SplitField,
  parameters: about(
    'Divides an amount between two parties; the parts always add up to the whole. Posts the first part in minor units.',
    'arrows by a hundredth, Page Up and Page Down by a tenth, Home and End to all or nothing.',
    'a slider by its label; its value names both parties with their amounts.',
  ),
};
export default meta;

type Story = StoryObj<typeof SplitField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: {
          label: 'How the payment is divided',
          hint: 'Both sides see it before they agree',
          error: 'Leave at least £10.00 to each',
        },
        german: { label: 'Streitbeilegungsbetragsaufteilung', error: 'Lassen Sie jeder Seite mindestens 10,00 €' },
        arabic: { label: 'تقسيم المبلغ' },
      }}
    >
      {(state) => (
        <SplitField
          {...state}
          minor="12000"
          currency={state.name === 'german' ? 'EUR' : 'GBP'}
          first="You"
          second="Wharf Plumbing"
          value="8000"
        />
      )}
    </FieldStates>
  ),
};
