import type { Meta, StoryObj } from '@storybook/react-vite';
import { StepperField } from './StepperField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof StepperField> = {
  title: 'Fields/Stepper',
  component: StepperField,
  parameters: about(
    'How many. A native number field with two large buttons for thumbs.',
    'Up and Down in the field; the buttons by Tab and Space.',
    'a spin button by its label; “One fewer”, “One more”.',
  ),
};
export default meta;

type Story = StoryObj<typeof StepperField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Rooms', error: 'Choose at least one room' },
        german: { label: 'Badezimmeranzahl', error: 'Wählen Sie mindestens eins' },
        arabic: { label: 'الغرف' },
      }}
    >
      {(state) => <StepperField {...state} value={state.error ? 0 : 3} unit="m²" />}
    </FieldStates>
  ),
};
