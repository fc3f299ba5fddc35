import type { Meta, StoryObj } from '@storybook/react-vite';
import { LinkButton } from './Button.tsx';
import { about, Block, Rows, Speaking } from './stories.tsx';
import { ErrorState, OfflineBanner } from './Trouble.tsx';
import { EmptyState, SkeletonCards } from './Wait.tsx';

const meta: Meta<typeof ErrorState> = {
  title: 'Signs/Empty, error, waiting, offline',
  component: ErrorState,
  parameters: about(
    'Nothing yet, not possible now, on its way, not connected: each says what is safe and offers the next useful act.',
    'the acts are buttons and links; nothing else takes the focus.',
    'an error is an alert, waiting and offline are polite; the drawings are silent.',
  ),
};
export default meta;

const noop = (): void => undefined;

export const States: StoryObj<typeof ErrorState> = {
  tags: ['picture'],
  render: () => (
    <Rows>
      <Block label="Empty">
        <EmptyState
          drawing="calendar"
          title="No visits this week"
          action={<LinkButton to="/">Add free times</LinkButton>}
        >
          Customers book what they can see.
        </EmptyState>
      </Block>
      <Block label="Error of one piece">
        <ErrorState title="Your earnings cannot be shown" reference="PL-7F3K-2M9Q" onAgain={noop}>
          Your money is safe: only this overview did not arrive.
        </ErrorState>
      </Block>
      <Block label="On its way">
        <SkeletonCards count={1} label="Looking for plumbers" />
      </Block>
      <Block label="Offline">
        <OfflineBanner offline />
        <Speaking locale="de">
          <OfflineBanner offline />
        </Speaking>
        <Speaking locale="ar">
          <OfflineBanner offline />
        </Speaking>
      </Block>
    </Rows>
  ),
};
