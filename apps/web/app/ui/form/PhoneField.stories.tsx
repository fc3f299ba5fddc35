import type { Meta, StoryObj } from '@storybook/react-vite';
import { PhoneField } from './PhoneField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof PhoneField> = {
  title: 'Fields/Phone',
  component: PhoneField,
  parameters: about(
    'A telephone number with its country. `toE164` joins the two values; a number that begins with + needs no country.',
    'as the browser’s own field: Tab comes to it and leaves it. Letters in the list jump to the country.',
    'the list is named “Country code”, the number by the label. label, value, then hint and error by `aria-describedby`; a refused value is `aria-invalid`.',
  ),
};
export default meta;

type Story = StoryObj<typeof PhoneField>;

const countries: Record<string, string> = { german: 'DE', arabic: 'AE' };

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: {
          label: 'Mobile number',
          hint: 'For messages about the visit only',
          error: 'Enter a number such as 020 7946 0000',
        },
        german: { label: 'Mobilfunknummer für Terminbenachrichtigungen', error: 'Geben Sie eine gültige Nummer ein' },
        arabic: { label: 'رقم الجوال' },
      }}
    >
      {(state) => <PhoneField {...state} country={countries[state.name] ?? 'GB'} defaultValue="20 7946 0000" />}
    </FieldStates>
  ),
};
