import type { Meta, StoryObj } from '@storybook/react-vite';
import { TagsField } from './TagsField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof TagsField> = {
  title: 'Fields/Tags',
  component: TagsField,
  parameters: about(
    'Several short words. Posted as one text with commas, like the native field of a page without scripts.',
    'Enter or a comma adds a word; Backspace in the empty field takes the last one away; among the words arrows move and Delete removes.',
    'a list by the label; each word with the key that removes it.',
  ),
};
export default meta;

type Story = StoryObj<typeof TagsField>;

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Skills', error: 'Add at least one skill' },
        german: { label: 'Zusatzqualifikationen und Spezialkenntnisse', error: 'Nennen Sie mindestens eine' },
        arabic: { label: 'المهارات' },
      }}
    >
      {(state) => <TagsField {...state} value={state.error ? [] : ['Boilers', 'Underfloor heating']} />}
    </FieldStates>
  ),
};
