/** `BS3 1AB` → `BS3`: all but the last three characters of a British postcode. */
export function outcodeOf(postcode: string): string {
  const compact = postcode.replace(/\s+/g, '').toUpperCase();
  return compact.length > 4 ? compact.slice(0, -3) : compact;
}
