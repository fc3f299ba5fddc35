/**
 * Who may do what, as data. A role is a set of permissions, never a ladder; ownership is a predicate on the row
 * and lives in each module's `policy.ts`. The server, the interface and the printed matrix all read this page.
 */

/** Every act of the system with what it means. `resource:action`. */
export const permissions = {
  'session:own': 'See and end one’s own session',
  'profile:edit': 'Edit one’s own profile',
  'organisation:create': 'Found an organisation',
  'organisation:view': 'See one’s own organisation and its members',
  'organisation:manage': 'Invite, remove and edit members',
  'booking:buy': 'Book and pay',
  'booking:view': 'See bookings in which one takes part',
  'booking:confirm': 'Confirm or decline a request, offer another time',
  'booking:cancel': 'Cancel a booking in which one takes part',
  'booking:reschedule': 'Propose or agree another time',
  'booking:report-absence': 'Report that the other side did not show',
  'booking:work': 'Start and complete work, answer assignments and offers',
  'booking:accept': 'Accept finished work or report a problem',
  'dispute:decide': 'End a problem by release or refund',
  'calendar:view': 'See the calendar of one’s team',
  'calendar:edit': 'Change working hours and exceptions',
  'catalogue:edit': 'Create and change services, packages and coverage',
  'catalogue:view-own': 'See one’s own listings, published or not',
  'verification:submit': 'Hand in documents',
  'compliance.document:review': 'Approve or reject documents',
  'listing:review': 'Publish or return listings that wait for a reviewer',
  'payment-account:manage': 'Set up or change where payouts go',
  'earnings:view': 'See earnings and payouts',
  'order:view': 'See the money side of a deal',
  'order:refund': 'Refund before release',
  'payout:manage': 'Start payout runs, approve and retry payouts',
  'ledger:view': 'See the ledger and its proofs',
  'zone:configure': 'Import and change zones',
  'region:configure': 'Change a region’s numbers',
  'ops:view': 'See the control tower: bookings, orders, tasks',
  'ops:clock': 'Move the clock of a demo market',
  'audit:view': 'Read the audit trail',
  'access:grant': 'Grant and revoke roles',
} as const;

export type Permission = keyof typeof permissions;

export const roles = ['user', 'serviceman', 'provider', 'enterprise', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Roles that people may sign up for; admin comes only by grant. */
export const signUpRoles = ['user', 'serviceman', 'provider', 'enterprise'] as const;
export type SignUpRole = (typeof signUpRoles)[number];

export type Scope =
  | { kind: 'platform' }
  | { kind: 'region'; id: string }
  | { kind: 'organisation'; id: string }
  | { kind: 'self' };

/** Permission sets of the platform's staff. */
export const adminSets = ['operations', 'finance', 'compliance', 'support', 'integrations', 'owner'] as const;
export type AdminSet = (typeof adminSets)[number];

/** Permission sets of a membership in an organisation. */
export const organisationSets = ['owner', 'manager', 'dispatcher', 'finance', 'member'] as const;
export type OrganisationSet = (typeof organisationSets)[number];

export type OrganisationKind = 'provider' | 'enterprise';

export interface Grant {
  role: Role;
  scope: Scope;
  /** Only for admins: what this grant carries. */
  sets: AdminSet[];
}

export interface Membership {
  organisationId: string;
  kind: OrganisationKind;
  sets: OrganisationSet[];
}

const everyone: Permission[] = ['session:own', 'profile:edit', 'organisation:view'];
const deal: Permission[] = [
  'booking:view',
  'booking:cancel',
  'booking:reschedule',
  'booking:report-absence',
  'order:view',
];

/** What each role may do at all. Rows are still decided by the module's policy. */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  user: [...everyone, ...deal, 'booking:buy', 'booking:accept'],
  serviceman: [...everyone, ...deal, 'booking:work', 'calendar:view', 'calendar:edit', 'verification:submit'],
  provider: [...everyone, 'organisation:create'],
  enterprise: [...everyone, 'organisation:create'],
  admin: [...everyone],
};

/** What a membership adds, by the kind of organisation. */
export const membershipPermissions: Record<OrganisationKind, Record<OrganisationSet, readonly Permission[]>> = {
  provider: {
    owner: [
      ...deal,
      'organisation:manage',
      'booking:confirm',
      'booking:work',
      'calendar:view',
      'calendar:edit',
      'catalogue:edit',
      'catalogue:view-own',
      'verification:submit',
      'payment-account:manage',
      'earnings:view',
      'order:refund',
    ],
    manager: [
      ...deal,
      'organisation:manage',
      'booking:confirm',
      'booking:work',
      'calendar:view',
      'calendar:edit',
      'catalogue:edit',
      'catalogue:view-own',
      'verification:submit',
    ],
    dispatcher: [...deal, 'booking:confirm', 'booking:work', 'calendar:view', 'calendar:edit', 'catalogue:view-own'],
    finance: ['booking:view', 'order:view', 'earnings:view'],
    member: [...deal, 'booking:work', 'calendar:view'],
  },
  enterprise: {
    owner: [...deal, 'organisation:manage', 'booking:buy', 'booking:accept'],
    manager: [...deal, 'organisation:manage', 'booking:buy', 'booking:accept'],
    dispatcher: [...deal, 'booking:buy', 'booking:accept'],
    finance: ['booking:view', 'order:view'],
    member: [...deal],
  },
};

/** What each set of the platform’s staff adds. */
export const adminPermissions: Record<AdminSet, readonly Permission[]> = {
  operations: [
    'ops:view',
    'booking:view',
    'order:view',
    'dispute:decide',
    'zone:configure',
    'ops:clock',
    'listing:review',
  ],
  finance: [
    'ops:view',
    'order:view',
    'order:refund',
    'earnings:view',
    'payout:manage',
    'ledger:view',
    'dispute:decide',
    'booking:view',
  ],
  compliance: ['ops:view', 'compliance.document:review', 'audit:view', 'listing:review'],
  support: ['ops:view', 'booking:view', 'order:view'],
  integrations: ['ops:view'],
  owner: Object.keys(permissions).filter(isStaffPermission),
};

function isStaffPermission(name: string): name is Permission {
  const personal = ['booking:buy', 'booking:accept', 'booking:work', 'booking:confirm', 'organisation:create'];
  return name in permissions && !personal.includes(name);
}

/** Everything that these grants and memberships allow at all. */
export function permissionsOf(grants: readonly Grant[], memberships: readonly Membership[]): Set<Permission> {
  const allowed = new Set<Permission>();
  for (const grant of grants) {
    for (const permission of rolePermissions[grant.role]) allowed.add(permission);
    for (const set of grant.sets) for (const permission of adminPermissions[set]) allowed.add(permission);
  }
  for (const membership of memberships) {
    for (const set of membership.sets) {
      for (const permission of membershipPermissions[membership.kind][set]) allowed.add(permission);
    }
  }
  return allowed;
}

/** True when a membership in this very organisation carries the permission. */
export function mayInOrganisation(
  memberships: readonly Membership[],
  organisationId: string,
  permission: Permission,
): boolean {
  return memberships.some(
    (membership) =>
      membership.organisationId === organisationId &&
      membership.sets.some((set) => membershipPermissions[membership.kind][set].includes(permission)),
  );
}

/** True when a grant of the platform’s staff carries the permission for this region. */
export function mayAsStaff(grants: readonly Grant[], regionId: string, permission: Permission): boolean {
  return grants.some(
    (grant) =>
      grant.role === 'admin' &&
      (grant.scope.kind === 'platform' || (grant.scope.kind === 'region' && grant.scope.id === regionId)) &&
      grant.sets.some((set) => adminPermissions[set].includes(permission)),
  );
}
