/** Where a demo market is. Shapes are coordinates of GeoJSON MultiPolygons, in degrees. */
export interface MarketZone {
  slug: string;
  name: string;
  demand: 'low' | 'medium' | 'high';
  shape: number[][][][];
}

export interface MarketPlace {
  id: string;
  kind: 'outcode' | 'place';
  name: string;
  label: string;
  /** Further words to be found by. */
  also: string[];
  point: { lat: number; lng: number };
}

export interface MarketGeography {
  regionId: string;
  zones: MarketZone[];
  places: MarketPlace[];
  land: number[][][][];
  attribution: string[];
}
