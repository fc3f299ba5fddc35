import { categoryIds } from '@plumbline/domain/categories';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { pageContext } from '../../lib/context.ts';
import { notFound } from '../../lib/load.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { ErrorSummary } from '../../ui/ErrorSummary.tsx';
import { Check, ChoiceCard, FileField, SelectField, TextArea, TextField } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Card, Facts, Page, PageHead, Section, Sums } from '../../ui/Layout.tsx';
import { Monogram } from '../../ui/Monogram.tsx';
import { MiniRail, MoneyRail, Timeline } from '../../ui/Rail.tsx';
import { Banner, Chip, LinkChip, StatusBadge, type Tone } from '../../ui/Signs.tsx';
import { Money, Rating, Reference, ZonedSpan } from '../../ui/Text.tsx';
import { Title } from '../../ui/Title.tsx';
import { CategoryTile } from '../../ui/tile/CategoryTile.tsx';
import { EmptyState, SkeletonCards } from '../../ui/Wait.tsx';
import type { Route } from './+types/Parts.demo';

const Dialog = lazy(() => import('../../ui/Dialog.tsx'));

/** Every part in its states, for those who build with them. Only in a demo market. */
export function loader({ context }: Route.LoaderArgs) {
  if (!context.get(pageContext).demo) notFound();
  return null;
}

const tones: Tone[] = ['plain', 'info', 'good', 'warn', 'bad', 'brass'];
const pounds = (minor: string) => ({ minor, currency: 'GBP' });
const moment = { at: '2026-12-01T09:00:00Z', zone: 'Europe/London' };

export default function PartsPage(): ReactNode {
  return (
    <Page>
      <Title>Parts</Title>
      <PageHead title="The parts of every page" lead="Each part in its states. Switch the appearance in the footer." />
      <div className="grid gap-14">
        <Lines />
        <Buttons />
        <Fields />
        <Signs />
        <Tiles />
        <Waiting />
      </div>
    </Page>
  );
}

function Lines(): ReactNode {
  return (
    <Section title="The line">
      <div className="grid gap-6 md:grid-cols-2">
        <Card>
          <MoneyRail
            label="Where the money is"
            stops={[
              {
                key: 'agreed',
                label: 'Agreed',
                state: 'done',
                amount: <Money amount={pounds('12000')} />,
                at: 'Mon 30 Nov, 18:04',
              },
              {
                key: 'held',
                label: 'Held',
                state: 'now',
                amount: <Money amount={pounds('12000')} />,
                at: 'Mon 30 Nov, 18:20',
                detail: 'Your payment is held. Novak Plumbing is paid after you accept the work.',
              },
              { key: 'work', label: 'Work done', state: 'later' },
              { key: 'accepted', label: 'Accepted', state: 'later' },
              { key: 'paid', label: 'Paid out', state: 'later', amount: <Money amount={pounds('10560')} /> },
            ]}
            next={{ who: 'Tom Baker', act: 'comes and does the work.', by: 'Tue 1 Dec, 09:00–11:00, London time' }}
          />
        </Card>
        <Card>
          <Timeline
            label="What happened"
            items={[
              { key: '1', title: 'Booked', at: 'Mon 30 Nov, 18:04' },
              {
                key: '2',
                title: 'Confirmed by Novak Plumbing',
                at: 'Mon 30 Nov, 18:20',
                detail: 'Tom will bring a new cartridge.',
              },
              { key: '3', title: 'Work is due', at: 'Tue 1 Dec, 09:00–11:00', state: 'now' },
              { key: '4', title: 'You accept the work', state: 'later' },
            ]}
          />
          <div className="mt-4 grid gap-3">
            {[0, 1, 3, 4].map((at) => (
              <MiniRail key={at} steps={5} at={at} label={`Step ${at + 1} of 5`} />
            ))}
            <MiniRail steps={5} at={1} stopped label="Stopped" />
          </div>
        </Card>
      </div>
    </Section>
  );
}

function Buttons(): ReactNode {
  const [open, setOpen] = useState(false);
  return (
    <Section title="Buttons">
      <div className="flex flex-wrap items-center gap-4">
        <Button>Book this time</Button>
        <Button tone="quiet">Propose another time</Button>
        <Button tone="danger">Cancel the booking</Button>
        <Button tone="plain">Change</Button>
        <Button busy="Sending…">Book</Button>
        <LinkButton to="#" size="large">
          Search <Icon name="arrow-end" />
        </LinkButton>
        <Button size="small" tone="quiet" type="button" onClick={() => setOpen(true)}>
          Open a dialog
        </Button>
      </div>
      {open && (
        <Suspense>
          <Dialog title="Cancel this booking?" open onClose={() => setOpen(false)}>
            <p className="mb-5">
              You get £108.00 back. £12.00 stays with Novak Plumbing, because the work begins in less than 48 hours.
            </p>
            <Button tone="danger" wide>
              Cancel and get £108.00 back
            </Button>
          </Dialog>
        </Suspense>
      )}
    </Section>
  );
}

function Fields(): ReactNode {
  return (
    <Section title="Fields">
      <div className="grid max-w-form gap-6">
        <ErrorSummary problems={[{ field: 'postcode', message: 'Enter a postcode, for example BS3 1AB' }]} />
        <TextField name="name" label="Your name" autoComplete="name" />
        <TextField
          name="postcode"
          label="Postcode"
          hint="Where the work is."
          error="Enter a postcode, for example BS3 1AB"
          defaultValue="BS"
        />
        <TextField name="price" label="Price" prefix="£" inputMode="decimal" suffix="per job" />
        <SelectField
          name="zone"
          label="Part of the city"
          options={[{ value: 'a', label: 'Bedminster' }]}
          empty="Choose"
        />
        <TextArea name="note" label="What needs doing" hint="The tradesperson reads this before they come." />
        <FileField name="file" label="Insurance certificate" hint="PDF, JPEG or PNG, up to 10 MB." />
        <div>
          <Check name="insured" label="Insured" note="14" />
          <Check name="insured2" label="Free today" note="3" hint="At least one start before 18:00" defaultChecked />
        </div>
        <div className="grid gap-3 sm:grid-cols-2">
          <ChoiceCard name="kind" value="a" label="Customer" hint="Book and pay for work" defaultChecked />
          <ChoiceCard name="kind" value="b" label="Company" hint="Sell work with a team" />
        </div>
      </div>
    </Section>
  );
}

function Signs(): ReactNode {
  return (
    <Section title="Signs">
      <div className="grid gap-5">
        <div className="flex flex-wrap gap-2">
          {tones.map((tone) => (
            <StatusBadge key={tone} tone={tone}>
              {tone}
            </StatusBadge>
          ))}
        </div>
        <div className="flex flex-wrap gap-2">
          <Chip icon="shield" tone="good">
            Insured
          </Chip>
          <Chip icon="place">1.2 km</Chip>
          <LinkChip to="#" selected>
            Plumbing
          </LinkChip>
          <LinkChip to="#">Heating</LinkChip>
          <Rating value={4.8} count={131} />
          <Rating value={null} count={0} />
        </div>
        <div className="grid gap-3 md:grid-cols-2">
          {tones.map((tone) => (
            <Banner key={tone} tone={tone} title="Your card was not charged">
              The bank did not answer in time. Nothing was taken.
            </Banner>
          ))}
        </div>
        <Card>
          <Facts
            facts={[
              {
                label: 'When',
                value: <ZonedSpan window={{ from: moment.at, to: '2026-12-01T11:00:00Z', zone: moment.zone }} />,
              },
              { label: 'Reference', value: <Reference>PL-7F3K2Q</Reference> },
            ]}
          />
          <div className="mt-6 max-w-80">
            <Sums
              rows={[
                { label: 'Price', amount: <Money amount={pounds('12000')} /> },
                { label: 'Commission', note: '12 % of £100.00', amount: <Money amount={pounds('-1200')} /> },
                { label: 'VAT on it', amount: <Money amount={pounds('-240')} /> },
                { label: 'You get', amount: <Money amount={pounds('10560')} />, strong: true },
              ]}
            />
          </div>
        </Card>
      </div>
    </Section>
  );
}

function Tiles(): ReactNode {
  return (
    <Section title="Drawn tiles">
      <div className="grid grid-cols-3 gap-3 sm:grid-cols-4 lg:grid-cols-6">
        {categoryIds.flatMap((category) =>
          ['one', 'two'].map((seed) => (
            <figure key={category + seed} className="m-0">
              <CategoryTile category={category} seed={seed} className="aspect-4/3 w-full rounded-control" />
              <figcaption className="mt-1 text-12 text-ink-muted">{category}</figcaption>
            </figure>
          )),
        )}
      </div>
      <div className="mt-6 flex flex-wrap gap-3">
        {['Novak Plumbing', 'Amira Khan', 'Tom Baker', 'Österreichische Gasinstallations GmbH', '泰'].map((name) => (
          <Monogram key={name} name={name} seed={name} />
        ))}
        <Monogram name="Novak Plumbing" seed="x" size="large" />
      </div>
    </Section>
  );
}

function Waiting(): ReactNode {
  return (
    <Section title="Waiting and empty">
      <div className="grid gap-6 md:grid-cols-2">
        <SkeletonCards count={2} label="Looking" />
        <EmptyState drawing="calendar" title="No bookings yet" action={<LinkButton to="#">Find a trade</LinkButton>}>
          When you book, it stands here with its time and its money.
        </EmptyState>
        <EmptyState drawing="search" title="Nobody does that here" />
        <EmptyState drawing="money" title="Nothing is owed to you yet" />
        <EmptyState drawing="work" title="No work today" />
        <EmptyState drawing="lost" title="Something went wrong" />
      </div>
    </Section>
  );
}
