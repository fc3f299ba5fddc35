/** A piece of a page in which every value was escaped. */
export interface Html {
  text: string;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

/** Markup with values in it; a value that is not markup itself is escaped. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html)[]): Html {
  const text = parts.reduce((all, part, index) => all + part + asText(values[index]), '');
  return { text };
}

export const join = (pieces: readonly Html[]): Html => ({ text: pieces.map(({ text }) => text).join('') });

function asText(value: string | number | Html | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'object' ? value.text : escape(String(value));
}
