import type { Meta, StoryObj } from '@storybook/react-vite';
import { about, Block, Blocks, Speaking } from '../stories.tsx';
import { AddressFields } from './AddressFields.tsx';

const meta: Meta<typeof AddressFields> = {
  title: 'Fields/Address',
  component: AddressFields,
  parameters: about(
    'A postal address in the order of its country, filled in by the browser. The country is the market’s, never the reader’s.',
    'four text fields, in the order in which an address is written there.',
    'each field by its label, with its error as description.',
  ),
};
export default meta;

export const States: StoryObj<typeof AddressFields> = {
  tags: ['picture'],
  render: () => (
    <Blocks>
      <Block label="Great Britain">
        <AddressFields name="gb" country="GB" values={{ line1: '12 Wharf Road', city: 'London', postcode: 'N1 7GR' }} />
      </Block>
      <Block label="Germany, in German">
        <Speaking locale="de">
          <AddressFields name="de" country="DE" values={{ line1: 'Lindenstraße 5', postcode: '10969' }} />
        </Speaking>
      </Block>
      <Block label="Refused">
        <AddressFields
          name="bad"
          country="GB"
          errors={{ line1: 'Enter the street', postcode: 'Enter a full postcode' }}
        />
      </Block>
      <Block label="Arabic, right to left">
        <Speaking locale="ar">
          <AddressFields name="ar" country="AE" />
        </Speaking>
      </Block>
    </Blocks>
  ),
};
