import type {
  CoverageItem,
  OwnServiceRow,
  OwnServiceView,
  PriceView,
  ProfileView,
} from '@plumbline/contracts/catalogue';
import type { catalogueRoutes } from '@plumbline/contracts/catalogue';
import type { ReplyOf } from '@plumbline/contracts/route';
import { moveListing } from '@plumbline/domain/listing';
import { isSameContent, type ReadinessCode } from './content.ts';
import type { Coverage } from './coverage.ts';
import type { Profile } from './profile.ts';
import type { OwnService } from './service.ts';
import type { ProfileRow, ServiceContent, ServiceRow } from './tables.ts';

export const presentPrice = ({ priceKind, priceMinor }: ServiceContent, currency: string): PriceView => ({
  kind: priceKind,
  amount: priceMinor === null ? null : { minor: priceMinor, currency },
  per: priceKind === 'hourly' ? 'hour' : 'job',
});

export function presentCoverage({ items, inherited }: Coverage): ReplyOf<typeof catalogueRoutes.coverage> {
  const present = ({ row, zone }: Coverage['items'][number]): CoverageItem & { name: string; slug: string } => ({
    zoneId: row.zone_id,
    tier: row.tier,
    capacity: row.capacity,
    name: zone.name,
    slug: zone.slug,
  });
  return { items: items.map(present), inherited };
}

export function presentOwn({ row, teamPersonIds, coverage, missing, mayEdit }: OwnService): OwnServiceView {
  const { packages, ...content } = row.draft;
  const may = (act: 'submit' | 'withdraw' | 'pause' | 'resume' | 'archive' | 'restore') =>
    mayEdit && moveListing(row.state, act, 'owner') !== undefined;
  const hasChanges = !isSameContent(row.draft, row.published);
  return {
    serviceId: row.id,
    organisationId: row.organisation_id,
    regionId: row.region_id,
    slug: row.slug,
    state: row.state,
    version: row.edit_version,
    waitsForReview: row.submitted_at !== null,
    publishedVersion: row.published_version,
    ...content,
    price: presentPrice(row.draft, row.currency),
    packages: packages.map(({ packageId, name, description, amountMinor, durationMinutes }) => ({
      packageId,
      name,
      description,
      durationMinutes,
      amount: { minor: amountMinor, currency: row.currency },
    })),
    unpublishedChanges: hasChanges,
    teamPersonIds,
    coverage: presentCoverage(coverage),
    missing,
    reviewNote: row.review_note,
    updatedAt: row.updated_at.toISOString(),
    can: {
      edit: mayEdit && row.state !== 'archived' && row.state !== 'in_review',
      submit: may('submit') && hasChanges && missing.length === 0 && row.submitted_at === null,
      withdraw: may('withdraw'),
      pause: may('pause'),
      resume: may('resume'),
      archive: may('archive'),
      restore: may('restore'),
    },
  };
}

export const presentRow = ({ row, missing }: { row: ServiceRow; missing: ReadinessCode[] }): OwnServiceRow => ({
  serviceId: row.id,
  title: row.draft.title,
  categoryId: row.draft.categoryId,
  state: row.state,
  price: presentPrice(row.draft, row.currency),
  durationMinutes: row.draft.durationMinutes,
  missing,
  updatedAt: row.updated_at.toISOString(),
});

export function presentProfile({ organisation, row, zone }: Profile, mayEdit: boolean): ProfileView {
  const { id, slug, name } = organisation;
  return {
    organisationId: id,
    slug,
    ...(row ? presentWritten(row) : { ...unwritten, displayName: name }),
    zone: zone ? { zoneId: zone.zoneId, name: zone.name } : null,
    can: { edit: mayEdit },
  };
}

type Written = Omit<ProfileView, 'organisationId' | 'slug' | 'zone' | 'can'>;

const unwritten: Omit<Written, 'displayName'> = {
  tagline: '',
  about: '',
  base: null,
  languages: ['en'],
  vatRegistered: false,
  vatNumber: null,
  foundedYear: null,
  updatedAt: null,
};

const presentWritten = (row: ProfileRow): Written => ({
  displayName: row.display_name,
  tagline: row.tagline,
  about: row.about,
  base: { lat: row.base_lat, lng: row.base_lng },
  languages: row.languages,
  vatRegistered: row.vat_registered,
  vatNumber: row.vat_number,
  foundedYear: row.founded_year,
  updatedAt: row.updated_at.toISOString(),
});
