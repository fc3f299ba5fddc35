import type { zoneDemands } from '@plumbline/contracts/zones';

export type Demand = (typeof zoneDemands)[number];

export interface RegionRow {
  id: string;
  name: string;
  city: string;
  country: string;
  currency: string;
  locale: string;
  direction: 'ltr' | 'rtl';
  time_zone: string;
  residency: 'strict' | 'standard' | 'flex';
  origin_lat: number;
  origin_lng: number;
  demo: boolean;
  zones_version: number;
}

/** Coordinates of a GeoJSON MultiPolygon. */
export type ShapeJson = number[][][][];

export interface ZoneRow {
  id: string;
  region_id: string;
  number: number;
  slug: string;
  name: string;
  demand: Demand;
  owner_organisation_id: string | null;
  version: number;
  shape: ShapeJson;
  centre_lat: number;
  centre_lng: number;
  south: number;
  west: number;
  north: number;
  east: number;
}

export interface PlaceRow {
  id: string;
  kind: 'outcode' | 'place' | 'zone';
  name: string;
  label: string;
  key: string;
  lat: number;
  lng: number;
  zone_id: string | null;
}

export interface NumbersRow {
  region_id: string;
  version: number;
  numbers: Record<string, unknown>;
  reason: string;
  changed_at: Date;
}
