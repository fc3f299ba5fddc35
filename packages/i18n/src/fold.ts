/** Letters that Unicode does not take apart, and Arabic letters that people write in one way or the other. */
const alike: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ة: 'ه',
  ى: 'ي',
  ٱ: 'ا',
  ک: 'ك',
  ی: 'ي',
  ـ: '',
};

const alikePattern = new RegExp(`[${Object.keys(alike).join('')}]`, 'g');

/**
 * A text as it is compared in a search: small letters, no accents or vowel signs, Arabic letter forms made one (أ إ آ → ا,
 * ة → ه, ى → ي), Arabic digits as 0–9. Never shown to anybody.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}’']/gu, '')
    .toLowerCase()
    .replaceAll(alikePattern, (letter) => alike[letter] ?? letter)
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}
