import type { Meta, StoryObj } from '@storybook/react-vite';
import { MoneyField } from './MoneyField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof MoneyField> = {
  title: 'Fields/Money',
  component: MoneyField,
  parameters: about(
    'An amount in the market’s currency, typed as the reader’s language writes it. Posts the text; `parseAmount` reads it exactly, in minor units. On leaving the field the amount is written out in full.',
    'as the browser’s own field: Tab comes to it and leaves it. A phone shows its decimal keys.',
    'label, value, then hint and error by `aria-describedby`; a refused value is `aria-invalid`. The currency’s sign is part of the picture only: name the currency in the label where it can be another.',
  ),
};
export default meta;

type Story = StoryObj<typeof MoneyField>;

const currencies: Record<string, string> = { german: 'EUR', arabic: 'AED' };

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Call-out price', hint: 'Before VAT', error: 'Enter a price of at least £20.00' },
        german: { label: 'Anfahrtskostenpauschale ohne Mehrwertsteuer', error: 'Geben Sie mindestens 20,00 € ein' },
        arabic: { label: 'سعر الزيارة' },
      }}
    >
      {(state) => <MoneyField {...state} currency={currencies[state.name] ?? 'GBP'} minor="120050" />}
    </FieldStates>
  ),
};
