import type { Meta, StoryObj } from '@storybook/react-vite';
import { TimeRangeField } from './TimeRangeField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof TimeRangeField> = {
  title: 'Fields/Time range',
  component: TimeRangeField,
  parameters: about(
    'A span of one day: two native time fields, and how long it is.',
    'as the browser’s own field: Tab comes to it and leaves it.',
    'the group by its label, then “From” and “Until”; the length is a polite `output`.',
  ),
};
export default meta;

type Story = StoryObj<typeof TimeRangeField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Working hours', error: 'Choose an end after the beginning' },
        german: { label: 'Erreichbarkeitszeiten an Werktagen', error: 'Das Ende liegt vor dem Beginn' },
        arabic: { label: 'ساعات العمل' },
      }}
    >
      {(state) => <TimeRangeField {...state} from="09:00" until={state.error ? '08:00' : '17:30'} />}
    </FieldStates>
  ),
};
