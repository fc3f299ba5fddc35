import type { Meta, StoryObj } from '@storybook/react-vite';
import { Button, LinkButton, TextLink } from './Button.tsx';
import { Icon } from './Icon.tsx';
import { Row, Rows } from './stories.tsx';

const meta: Meta<typeof Button> = {
  title: 'Acts/Button',
  component: Button,
  parameters: {
    docs: {
      description: {
        component:
          'A verb that acts on this page. **Keyboard:** Enter and Space press it. **Screen reader:** while busy it stays in the tab order, says it is unavailable (`aria-disabled`) and its name becomes what is under way, so focus is never lost.',
      },
    },
  },
};
export default meta;

type Story = StoryObj<typeof Button>;

export const Playground: Story = { args: { children: 'Pay £120.00', tone: 'action', size: 'normal', type: 'button' } };

export const States: Story = {
  tags: ['picture'],
  render: () => (
    <Rows>
      <Row label="Kinds">
        <Button type="button">Pay £120.00</Button>
        <Button type="button" tone="quiet">
          Save for later
        </Button>
        <Button type="button" tone="danger">
          Cancel the booking
        </Button>
        <Button type="button" tone="plain">
          Change
        </Button>
      </Row>
      <Row label="Sizes">
        <Button type="button" size="small">
          Small
        </Button>
        <Button type="button">Normal</Button>
        <Button type="button" size="large">
          Large
        </Button>
      </Row>
      <Row label="With an icon">
        <Button type="button" tone="quiet">
          <Icon name="plus" />
          Add a price
        </Button>
        <LinkButton to="/" tone="quiet">
          Next step
          <Icon name="arrow-end" className="rtl:-scale-x-100" />
        </LinkButton>
      </Row>
      <Row label="Busy, disabled">
        <Button type="button" busy="Paying…">
          Pay £120.00
        </Button>
        <Button type="button" disabled>
          Pay £120.00
        </Button>
        <Button type="button" tone="quiet" disabled>
          Save for later
        </Button>
      </Row>
      <Row label="Long words, narrow">
        <div className="w-44" lang="de">
          <Button type="button" wide>
            Zahlungsvereinbarung unwiderruflich bestätigen
          </Button>
        </div>
      </Row>
      <Row label="Links">
        <p>
          Read <TextLink to="/">how we hold your payment</TextLink> before you book.
        </p>
      </Row>
    </Rows>
  ),
};
