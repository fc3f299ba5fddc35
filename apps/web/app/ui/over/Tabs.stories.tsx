import type { Meta, StoryObj } from '@storybook/react-vite';
import { about, Block, Rows, Speaking } from '../stories.tsx';
import { Disclosure } from './Disclosure.tsx';
import { Tabs } from './Tabs.tsx';

const meta: Meta<typeof Tabs> = {
  title: 'Over/Tabs and disclosure',
  component: Tabs,
  parameters: about(
    'Tabs are for views that one compares by switching. A disclosure keeps more for those who want it.',
    'Tab comes to the chosen tab, arrows go to the others, Home and End to the ends. Enter or Space opens a disclosure.',
    '“tab, 1 of 3, selected”; a disclosure says whether it is open.',
  ),
};
export default meta;

export const States: StoryObj<typeof Tabs> = {
  tags: ['picture'],
  render: () => (
    <Rows>
      <Block label="Tabs">
        <Tabs
          label="Earnings"
          items={[
            { id: 'week', label: 'This week', content: <p>£1,240.00 from six visits.</p> },
            { id: 'month', label: 'This month', content: <p>£4,870.00 from 21 visits.</p> },
            { id: 'year', label: 'This year', content: null, disabled: true },
          ]}
        />
      </Block>
      <Block label="Arabic, right to left">
        <Speaking locale="ar">
          <Tabs
            label="الأرباح"
            first="month"
            items={[
              { id: 'week', label: 'هذا الأسبوع', content: null },
              { id: 'month', label: 'هذا الشهر', content: <p>٢١ زيارة</p> },
            ]}
          />
        </Speaking>
      </Block>
      <Block label="German, narrow">
        <div className="max-w-60" lang="de">
          <Tabs
            label="Einnahmen"
            items={[
              { id: 'week', label: 'Auszahlungsübersicht', content: <p>Sechs Termine.</p> },
              { id: 'month', label: 'Rechnungsempfänger', content: null },
            ]}
          />
        </div>
      </Block>
      <Block label="Disclosure">
        <div>
          <Disclosure title="What is included?" open>
            Labour, travel within the zone, and parts up to £20.00.
          </Disclosure>
          <Disclosure title="What if I must cancel?">Until the day before you get everything back.</Disclosure>
        </div>
      </Block>
    </Rows>
  ),
};
