/** Markup that is already safe. */
export interface Html {
  html: string;
}

type Piece = string | number | Html | null | undefined | false | readonly Html[];

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeText(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

function rendered(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeText(String(piece));
  if ('html' in piece) return piece.html;
  return piece.map((one) => one.html).join('');
}

/** A template whose values are escaped, unless they are markup themselves. */
export function markup(strings: TemplateStringsArray, ...pieces: Piece[]): Html {
  return { html: strings.reduce((text, part, index) => text + rendered(pieces[index - 1]) + part) };
}
