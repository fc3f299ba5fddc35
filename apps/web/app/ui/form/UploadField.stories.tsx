import type { Meta, StoryObj } from '@storybook/react-vite';
import { UploadField, type UploadItem } from './UploadField.tsx';
import { about, FieldStates } from '../stories.tsx';

const meta: Meta<typeof UploadField> = {
  title: 'Fields/Upload',
  component: UploadField,
  parameters: about(
    'Files, chosen or dropped, each with how much of it is sent. Without scripts the native field posts them.',
    'Space or Enter opens the file dialogue; each file’s buttons by Tab.',
    'a file field by its label; each file with its progress; “Remove invoice.pdf”.',
  ),
};
export default meta;

type Story = StoryObj<typeof UploadField>;

const noop = (): void => undefined;
const items: UploadItem[] = [
  { id: '1', name: 'kitchen-ceiling.jpg', bytes: 2_400_000, progress: 1 },
  { id: '2', name: 'a very long name of a picture from a telephone 2026-12-01.jpg', bytes: 8e6, progress: 0.6 },
  { id: '3', name: 'plan.dwg', bytes: 1e6, progress: 0, error: 'This type of file cannot be shown. Send a PDF.' },
];

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <FieldStates
      words={{
        english: { label: 'Pictures of the damage', hint: 'Up to 10 MB each', error: 'Add at least one picture' },
        german: { label: 'Schadensdokumentationsaufnahmen', error: 'Fügen Sie mindestens ein Bild hinzu' },
        arabic: { label: 'صور الضرر' },
      }}
    >
      {(state) => (
        <UploadField {...state} multiple items={state.name === 'rest' ? items : []} onRemove={noop} onAgain={noop} />
      )}
    </FieldStates>
  ),
};
