export { contrast, luminance, toHex, type Oklch } from './color.ts';
export { tokens, type ColorToken, type Scheme } from './generated/tokens.ts';
