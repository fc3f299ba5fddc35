export {
  contrasts,
  densities,
  schemes,
  themeFor,
  themes,
  type Contrast,
  type Density,
  type Flow,
  type Look,
  type Scheme,
  type Theme,
} from './choose.ts';
export { catalogue, type ColorToken, type TokenName } from './generated/catalogue.ts';
export { nativeTheme, type NativeTheme } from './native.ts';
export { patterns } from './patterns.ts';
