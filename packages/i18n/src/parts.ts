/**
 * What we read of a parsed message (@formatjs/icu-messageformat-parser): type 0 is text, 1 a value, 5 and 6 are the forms
 * of select and plural, 8 is a tag.
 */
export interface Part {
  type: number;
  value?: string;
  children?: Part[];
  options?: Record<string, { value: Part[] }>;
}

/** The part with everything inside it changed: the content of a tag, each form of a plural. */
export function within(part: Part, change: (parts: readonly Part[]) => Part[]): Part {
  if (part.children) return { ...part, children: change(part.children) };
  if (!part.options) return part;
  const options = Object.entries(part.options).map(([name, form]) => [name, { ...form, value: change(form.value) }]);
  return { ...part, options: Object.fromEntries(options) as NonNullable<Part['options']> };
}
