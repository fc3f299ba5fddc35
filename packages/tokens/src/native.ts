import type { Look } from './choose.ts';
import { colours, densityMeasures, measures, themeMeasures } from './generated/values.ts';

export type NativeColours = (typeof colours)['default-light-normal'];
export type NativeColour = keyof NativeColours;
export type Measure = keyof typeof measures;

type Wide<Value> = Value extends number ? number : Value extends string ? string : readonly number[];

export interface NativeTheme {
  colours: Readonly<Record<NativeColour, string>>;
  /** Points, milliseconds, plain numbers; faces by their first name. */
  measures: { readonly [Name in Measure]: Wide<(typeof measures)[Name]> };
}

/** The look for React Native: one object of plain values. */
export function nativeTheme({ theme, scheme, contrast, density }: Look): NativeTheme {
  return {
    colours: colours[`${theme}-${scheme}-${contrast}`],
    measures: { ...measures, ...themeMeasures[theme], ...densityMeasures[density] },
  };
}
