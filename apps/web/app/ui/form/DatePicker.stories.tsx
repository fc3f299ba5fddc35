import type { Meta, StoryObj } from '@storybook/react-vite';
import { DatePicker } from './DatePicker.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof DatePicker> = {
  title: 'Fields/Date picker',
  component: DatePicker,
  parameters: about(
    'A day with a calendar that knows which days can be had. Until the page is alive it is the native field.',
    'in the field, arrows change a segment and Left and Right move. Alt+Down opens the calendar: arrows move by a day and a week, Page Up and Page Down by a month, Enter chooses, Escape closes.',
    'each segment with its range; in the calendar the whole date, whether it is chosen or cannot be had.',
  ),
};
export default meta;

type Story = StoryObj<typeof DatePicker>;

const isTaken = (day: string): boolean => ['2026-12-07', '2026-12-08'].includes(day);

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: {
          label: 'Day of the visit',
          hint: 'Struck-out days are fully booked',
          error: 'Choose a day that is free',
        },
        german: { label: 'Wunschtermin der Handwerkerleistung', error: 'Wählen Sie einen freien Tag' },
        arabic: { label: 'يوم الزيارة' },
      }}
    >
      {(state) => <DatePicker {...state} value="2026-12-03" min="2026-12-02" isTaken={isTaken} />}
    </FieldStates>
  ),
};

export const Open: Story = {
  args: { name: 'day', label: 'Day of the visit', value: '2026-12-03', min: '2026-12-02', isTaken },
  play: async ({ canvas, userEvent }) => {
    await userEvent.click(canvas.getByRole('button', { name: /Open the calendar/ }));
  },
};
