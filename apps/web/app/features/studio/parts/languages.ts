/** Languages that are offered to choose from, those spoken most in Britain first. */
export const languages: readonly string[] = [
  'en',
  'pl',
  'ro',
  'pa',
  'ur',
  'bn',
  'gu',
  'ar',
  'cy',
  'es',
  'pt',
  'fr',
  'it',
  'de',
  'uk',
];
