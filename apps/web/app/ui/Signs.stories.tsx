import type { Meta, StoryObj } from '@storybook/react-vite';
import { Button } from './Button.tsx';
import { Card } from './Layout.tsx';
import { Banner, Chip, LinkChip, StatusBadge, type Tone } from './Signs.tsx';
import { about, Block, Row, Rows, Speaking } from './stories.tsx';

const meta: Meta<typeof Banner> = {
  title: 'Signs/Banners, chips, badges, cards',
  component: Banner,
  parameters: about(
    'What is so, and what must be known now. Shape and words carry the meaning; colour only helps.',
    'chips that go somewhere are links; the rest takes no focus.',
    'a banner that appears is spoken (`role=status`); a badge by its words.',
  ),
};
export default meta;

const tones: Tone[] = ['plain', 'info', 'good', 'warn', 'bad', 'brass'];

export const States: StoryObj<typeof Banner> = {
  tags: ['picture'],
  render: () => (
    <Rows>
      <Block label="Banners">
        <Banner
          tone="warn"
          title="Your insurance ends on 3 March"
          action={
            <Button type="button" tone="quiet" size="small">
              Send the new certificate
            </Button>
          }
        >
          Until we have the new one, customers do not see you after that day.
        </Banner>
        <Banner tone="good" title="The work is accepted" />
        <div lang="de">
          <Banner tone="bad" title="Zahlungsverpflichtungsbestätigung fehlgeschlagen">
            Ihre Karte wurde nicht belastet.
          </Banner>
        </div>
        <Speaking locale="ar">
          <Banner tone="info" title="سنحجز المبلغ حتى تقبل العمل" />
        </Speaking>
      </Block>
      <Row label="Badges">
        {tones.map((tone) => (
          <StatusBadge key={tone} tone={tone}>
            {tone}
          </StatusBadge>
        ))}
      </Row>
      <Row label="Chips">
        <Chip icon="shield">Insured to 3 Mar</Chip>
        <Chip icon="place">1.2 km</Chip>
        <LinkChip to="/" selected>
          Today
        </LinkChip>
        <LinkChip to="/">Tomorrow</LinkChip>
      </Row>
      <Block label="Card">
        <Card>
          <p className="text-18 font-strong">Tap repair</p>
          <p className="text-ink-muted">Labour and parts up to £20.00</p>
        </Card>
      </Block>
    </Rows>
  ),
};
