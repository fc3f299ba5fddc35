import type { ListingCard, ProviderFront, ServicePage } from '@plumbline/contracts/matching';
import type { RiskBand } from '@plumbline/domain/ranking';

export interface MarketRow {
  area: number;
  documents: number;
  length: bigint;
  bookings: bigint;
}

/** Badges carry the moment at which they lapse, as milliseconds; null where their paper has no end. */
interface StoredBadge {
  kind: ListingCard['badges'][number]['kind'];
  until: string | null;
  ends: number | null;
}

/** A card as it is kept: without what depends on the question, with what depends on the time. */
export interface StoredCard extends Omit<ListingCard, 'metres' | 'why' | 'nextFree' | 'badges'> {
  badges: StoredBadge[];
  /** The next free starts, minutes since 1970. */
  soon: number[];
  noticeMinutes: number;
  answersWithinHour: number | null;
  finishesWork: number | null;
}

/** What a page says beyond the card. */
export type StoredPage = Pick<
  ServicePage,
  'slug' | 'description' | 'tags' | 'includes' | 'vatIncluded' | 'packages' | 'noticeMinutes' | 'zones' | 'teamSize'
> & { provider: Pick<ServicePage['provider'], 'tagline' | 'foundedYear' | 'languages'> };

export interface CardRow {
  no: number;
  service_id: string;
  organisation_id: string;
  card: StoredCard;
}

export interface PageRow extends CardRow {
  page: StoredPage;
}

export type StoredFront = Omit<ProviderFront, 'badges' | 'services' | 'can' | 'timeZone'> & { badges: StoredBadge[] };

export interface SignalRow {
  organisation_id: string;
  region_id: string;
  reviews: number;
  stars: number;
  weight: number;
  weighted: number;
  squares: number;
  asked: number;
  answered_fast: number;
  done: number;
  failed: number;
  penalties: Date[];
  risk: RiskBand;
}

export interface AnswerRow {
  id: string;
  region_id: string;
  at: Date;
  weights_version: number;
  market_bookings: bigint;
  query: Record<string, unknown>;
  results: Buffer;
}
