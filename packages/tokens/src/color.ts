/**
 * OKLCH to sRGB and the contrast of two colours. Matrices: Björn Ottosson, "A perceptual color space for image
 * processing" (2020); luminance and ratio: WCAG 2.2, "relative luminance" and "contrast ratio".
 */

export interface Oklch {
  /** Lightness 0–1, chroma, hue in degrees. */
  components: readonly [number, number, number];
  alpha?: number;
}

type Triple = [number, number, number];

/** Linear sRGB channels, cut to the gamut. */
function linearRgb({ components: [lightness, chroma, hue] }: Oklch): Triple {
  const angle = (hue * Math.PI) / 180;
  const a = chroma * Math.cos(angle);
  const b = chroma * Math.sin(angle);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

const encoded = (channel: number): number =>
  channel <= 0.0031308 ? 12.92 * channel : 1.055 * channel ** (1 / 2.4) - 0.055;

/** `#rrggbb` (or `#rrggbbaa`), for platforms without OKLCH. */
export function toHex(color: Oklch): string {
  const channels = linearRgb(color).map((channel) => Math.round(encoded(channel) * 255));
  if (color.alpha !== undefined) channels.push(Math.round(color.alpha * 255));
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

export function luminance(color: Oklch): number {
  const [red, green, blue] = linearRgb(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (same) to 21 (black on white). */
export function contrast(one: Oklch, other: Oklch): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((x, y) => x - y) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}
