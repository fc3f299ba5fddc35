import type { CategoryId } from '@plumbline/domain/categories';
import type { CoverageTier, ListingState, PriceKind } from '@plumbline/domain/listing';

/** A package as a version of a service keeps it. Amounts are digits of minor units, gross. */
export interface PackageContent {
  packageId: string;
  name: string;
  description: string;
  amountMinor: string;
  durationMinutes: number;
}

/** What a version of a service says. */
export interface ServiceContent {
  title: string;
  summary: string;
  description: string;
  categoryId: CategoryId;
  tags: string[];
  includes: string[];
  priceKind: PriceKind;
  priceMinor: string | null;
  durationMinutes: number;
  noticeMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  onDemand: boolean;
  packages: PackageContent[];
}

export interface ServiceRow {
  id: string;
  region_id: string;
  organisation_id: string;
  slug: string;
  state: ListingState;
  category_id: CategoryId;
  currency: string;
  edit_version: number;
  draft: ServiceContent;
  published: ServiceContent | null;
  published_version: number | null;
  submitted_at: Date | null;
  findings: ('contact_in_text' | 'link_in_text')[];
  review_note: string | null;
  updated_at: Date;
}

export interface ProfileRow {
  region_id: string;
  organisation_id: string;
  display_name: string;
  tagline: string;
  about: string;
  base_lat: number;
  base_lng: number;
  languages: string[];
  vat_registered: boolean;
  vat_number: string | null;
  founded_year: number | null;
  updated_at: Date;
}

export interface CoverageRow {
  organisation_id: string;
  service_id: string | null;
  zone_id: string;
  tier: CoverageTier;
  capacity: number | null;
}

export interface VersionRow {
  version: number;
  content: ServiceContent;
  published_at: Date;
}
