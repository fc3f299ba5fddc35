import type { Meta, StoryObj } from '@storybook/react-vite';
import { RatingField } from './RatingField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof RatingField> = {
  title: 'Fields/Rating',
  component: RatingField,
  parameters: about(
    'One to five stars. Five radio buttons; the stylesheet alone fills the stars.',
    'Tab comes to the group, arrows choose.',
    'a group by its label; “3 stars of 5, radio button”.',
  ),
};
export default meta;

type Story = StoryObj<typeof RatingField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'How was the work?', error: 'Choose how many stars' },
        german: { label: 'Gesamtzufriedenheitsbewertung', error: 'Wählen Sie eine Bewertung' },
        arabic: { label: 'كيف كان العمل؟' },
      }}
    >
      {(state) => <RatingField {...state} value={state.error ? undefined : 4} />}
    </FieldStates>
  ),
};
