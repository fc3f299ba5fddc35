import type { ClaimView, PlanView, ResourceView } from '@plumbline/contracts/calendar';
import type { ClaimRow } from './claim/store.ts';
import type { Resource } from './plan/service.ts';
import type { PlanRow } from './plan/store.ts';

export function presentPlan({ row, mayEdit }: { row: PlanRow & { zone: string }; mayEdit: boolean }): PlanView {
  return {
    resourceId: row.resource_id,
    zone: row.zone,
    weekly: row.weekly ?? [],
    exceptions: row.exceptions.map(({ date, hours, note }) => ({ date, hours, ...(note === null ? {} : { note }) })),
    updatedAt: row.updated_at?.toISOString() ?? null,
    can: { edit: mayEdit },
  };
}

export function presentClaim(row: ClaimRow, zone: string, mayEdit: boolean): ClaimView {
  const isBlock = row.subject_kind === 'block';
  return {
    claimId: row.claim_id,
    resourceId: row.resource_id,
    kind: isBlock ? 'block' : 'booking',
    ...(isBlock ? {} : { bookingId: row.subject_id }),
    label: row.label,
    from: { at: row.from_at.toISOString(), zone },
    to: { at: row.to_at.toISOString(), zone },
    state: row.state === 'held' ? 'held' : 'taken',
    can: { remove: isBlock && mayEdit },
  };
}

export function presentResource(resource: Resource, fallbackZone: string): ResourceView {
  return {
    resourceId: resource.id,
    kind: resource.kind,
    name: resource.name,
    zone: resource.zone ?? fallbackZone,
    capacity: resource.capacity,
    memberIds: resource.members,
    leadPersonId: resource.leadPersonId,
    hasHours: resource.zone !== null,
  };
}
