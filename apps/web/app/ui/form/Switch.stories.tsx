import type { Meta, StoryObj } from '@storybook/react-vite';
import { Check, Choice, ChoiceCard } from '../Field.tsx';
import { about, Block, Blocks, Speaking } from '../stories.tsx';
import { Switch } from './Switch.tsx';

const meta: Meta<typeof Switch> = {
  title: 'Fields/Switch, checkbox, radio cards',
  component: Switch,
  parameters: about(
    'A switch acts at once; a checkbox waits for its form; radio cards are for the few answers that deserve a sentence each. The whole row is the target.',
    'Space turns on and off; arrows choose among radio cards.',
    'a switch says on or off, a checkbox ticked or not; the sentence follows as description.',
  ),
};
export default meta;

export const States: StoryObj<typeof Switch> = {
  tags: ['picture'],
  render: () => (
    <Blocks>
      <Block label="Switch">
        <Switch name="news" label="Messages about visits" hint="By text message, on the day" defaultChecked />
        <Switch name="offers" label="Offers" />
        <Switch name="locked" label="Safety notices" hint="Always sent" defaultChecked disabled />
        <Speaking locale="ar">
          <Switch name="arabic" label="رسائل عن الزيارات" hint="في يوم الزيارة" defaultChecked />
        </Speaking>
      </Block>
      <Block label="Checkbox">
        <Check name="terms" label="I have read the terms" defaultChecked />
        <Check name="parts" label="Parts are included" hint="What is used up on site" note="12" />
        <Check name="closed" label="Weekends" disabled />
      </Block>
      <Block label="Radio cards">
        <Choice legend="When the price is final" name="final">
          <div className="grid gap-3">
            <ChoiceCard name="final" value="fixed" label="Fixed price" hint="Agreed before the visit" defaultChecked />
            <ChoiceCard name="final" value="quote" label="After a look" hint="The visit itself is free" />
          </div>
        </Choice>
      </Block>
      <Block label="Refused, in German">
        <div lang="de">
          <Choice legend="Preisverbindlichkeitsvereinbarung" name="german" error="Wählen Sie eine Preisart">
            <ChoiceCard name="german" value="fixed" label="Festpreis" hint="Vor dem Termin verbindlich vereinbart" />
          </Choice>
        </div>
      </Block>
    </Blocks>
  ),
};
