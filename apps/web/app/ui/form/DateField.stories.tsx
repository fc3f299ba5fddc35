import type { Meta, StoryObj } from '@storybook/react-vite';
import { DateField } from './DateField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof DateField> = {
  title: 'Fields/Date',
  component: DateField,
  parameters: about(
    'A day, by the browser’s own field. Posts `2026-12-01` without scripts.',
    'arrows change the segment, Left and Right move between them, Space opens the calendar.',
    'label, value, then hint and error by `aria-describedby`; a refused value is `aria-invalid`. Each segment is spoken.',
  ),
};
export default meta;

type Story = StoryObj<typeof DateField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Day of the visit', hint: 'From tomorrow', error: 'Choose a day from tomorrow on' },
        german: { label: 'Wunschtermin der Handwerkerleistung', error: 'Wählen Sie einen Tag ab morgen' },
        arabic: { label: 'يوم الزيارة' },
      }}
    >
      {(state) => <DateField {...state} defaultValue="2026-12-03" min="2026-12-02" />}
    </FieldStates>
  ),
};
