import type { AdminSet, OrganisationKind, OrganisationSet, SignUpRole } from '@plumbline/domain/access';

/**
 * The people of the demo market, of tests, screenshots and documents: always the same. They exist only where the demo
 * is seeded; an installation in production refuses to start when it finds one of them.
 */
export interface CastMember {
  name: string;
  email: string;
  role: SignUpRole;
  /** Who they are in a sentence, for the list of logins. */
  part: string;
  organisation?: { name: string; kind: OrganisationKind; sets: OrganisationSet[] };
  staff?: AdminSet[];
}

export const cast = {
  amira: { name: 'Amira Khan', email: 'amira@plumbline.example', role: 'user', part: 'customer' },
  bea: {
    name: 'Bea Novak',
    email: 'bea@plumbline.example',
    role: 'provider',
    part: 'owner of Novak Plumbing',
    organisation: { name: 'Novak Plumbing', kind: 'provider', sets: ['owner'] },
  },
  tom: {
    name: 'Tom Baker',
    email: 'tom@plumbline.example',
    role: 'serviceman',
    part: 'plumber at Novak Plumbing',
    organisation: { name: 'Novak Plumbing', kind: 'provider', sets: ['member'] },
  },
  estelle: {
    name: 'Estelle Marsh',
    email: 'estelle@plumbline.example',
    role: 'enterprise',
    part: 'buyer for Harbour Estates',
    organisation: { name: 'Harbour Estates', kind: 'enterprise', sets: ['owner'] },
  },
  ada: { name: 'Ada Reyes', email: 'ada@plumbline.example', role: 'user', part: 'platform staff', staff: ['owner'] },
  sid: { name: 'Sid Cole', email: 'sid@plumbline.example', role: 'user', part: 'the scammer' },
} as const satisfies Record<string, CastMember>;

export type CastName = keyof typeof cast;

/** What every member of the cast types to sign in, in the demo market only. */
export const demoPassword = 'follow the plumb line';

export const castMembers: readonly CastMember[] = Object.values(cast);
