/** Every address of the web, in one place. Parameters are encoded here and nowhere else. */
const e = encodeURIComponent;

export type Query = Record<string, string | number | boolean | null | undefined>;

/** Adds what is there to an address: empty, null and undefined values stay out. */
export function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

export const paths = {
  home: () => '/',
  explore: (query: Query = {}) => withQuery('/explore', query),
  heldPayment: () => '/how-held-payment-works',
  service: (serviceId: string, query: Query = {}) => withQuery(`/services/${e(serviceId)}`, query),
  provider: (slug: string) => `/providers/${e(slug)}`,

  signIn: (next?: string) => withQuery('/sign-in', { next }),
  signUp: (query: { as?: string; next?: string } = {}) => withQuery('/sign-up', query),
  signOut: () => '/sign-out',
  account: () => '/account',
  appearance: () => '/appearance',
  language: () => '/language',

  book: (serviceId: string, query: Query = {}) => withQuery(`/services/${e(serviceId)}/book`, query),
  askQuote: (serviceId: string) => `/services/${e(serviceId)}/quote`,
  callNow: (query: Query = {}) => withQuery('/call-now', query),

  bookings: (query: Query = {}) => withQuery('/bookings', query),
  booking: (bookingId: string) => `/bookings/${e(bookingId)}`,
  bookingAct: (bookingId: string, act: string) => `/bookings/${e(bookingId)}/${act}`,
  bookingPhoto: (bookingId: string, fileId: string) => `/bookings/${e(bookingId)}/photos/${e(fileId)}`,

  work: (query: Query = {}) => withQuery('/work', query),
  workOver: (query: Query = {}) => withQuery('/work/finished', query),
  workCalendar: (query: Query = {}) => withQuery('/work/calendar', query),
  earnings: (query: Query = {}) => withQuery('/earnings', query),
  payout: (payoutId: string) => `/earnings/payouts/${e(payoutId)}`,

  studio: () => '/studio',
  studioPart: (part: 'profile' | 'coverage' | 'hours' | 'service' | 'documents' | 'payments', query: Query = {}) =>
    withQuery(`/studio/${part}`, query),
  newService: () => '/studio/service/new',
  ownService: (serviceId: string, query: Query = {}) => withQuery(`/studio/service/${e(serviceId)}`, query),
  ownServicePart: (serviceId: string, part: 'details' | 'packages' | 'team' | 'coverage') =>
    `/studio/service/${e(serviceId)}/${part}`,
  document: (kind: string) => `/studio/documents/${e(kind)}`,

  admin: () => '/admin',
  adminPart: (part: 'orders' | 'payouts' | 'tasks' | 'documents' | 'listings' | 'audit', query: Query = {}) =>
    withQuery(`/admin/${part}`, query),

  mapShapes: (regionId: string, version: number) => `/map/${e(regionId)}/${version}.svg`,
} as const;

/** A path of our own to come back to; anything else leads home. */
export function safeNext(next: string | null | undefined, otherwise: string = paths.home()): string {
  return next && /^\/(?![/\\])/.test(next) ? next : otherwise;
}
