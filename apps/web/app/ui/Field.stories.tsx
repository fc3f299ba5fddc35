import type { Meta, StoryObj } from '@storybook/react-vite';
import { TextField } from './Field.tsx';
import { about, FieldStates } from './stories.tsx';

const meta: Meta<typeof TextField> = {
  title: 'Fields/Text',
  component: TextField,
  parameters: about(
    'One line of text: also e-mail, numbers, addresses of the web, by `type`.',
    'as the browser’s own field: Tab comes to it and leaves it.',
    'label, value, then hint and error by `aria-describedby`; a refused value is `aria-invalid`.',
  ),
};
export default meta;

type Story = StoryObj<typeof TextField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: {
          label: 'Name on the invoice',
          hint: 'As your bank knows it',
          error: 'Enter the name on the invoice',
        },
        german: { label: 'Rechnungsempfängerbezeichnung', error: 'Geben Sie die Rechnungsempfängerbezeichnung ein' },
        arabic: { label: 'الاسم على الفاتورة' },
      }}
    >
      {(state) => <TextField {...state} defaultValue={state.error ? '' : 'Wharf Plumbing'} />}
    </FieldStates>
  ),
};
