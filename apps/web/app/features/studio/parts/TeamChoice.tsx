import type { ReactNode } from 'react';
import { Check, Choice } from '../../../ui/Field.tsx';

export interface TeamMember {
  personId: string;
  name: string;
}

interface TeamChoiceProps {
  legend: string;
  hint: string;
  team: TeamMember[];
  chosen: string[];
  error: string | undefined;
}

/** Who does the work of a service. */
export function TeamChoice({ legend, hint, team, chosen, error }: TeamChoiceProps): ReactNode {
  return (
    <Choice legend={legend} name="team" hint={hint} error={error}>
      {team.map(({ personId, name }) => (
        <Check key={personId} name="team" value={personId} label={name} defaultChecked={chosen.includes(personId)} />
      ))}
    </Choice>
  );
}
