export { currencies, currencyOf, exponentOf, isCurrency, type CurrencyCode, type Exponent } from './currency.ts';
export {
  add,
  compare,
  equals,
  isNegative,
  isZero,
  max,
  min,
  money,
  negate,
  subtract,
  sum,
  zero,
  type Money,
} from './money.ts';
export { percentBp, vatFromGross, vatOnNet } from './percent.ts';
export { divideHalfUp } from './round.ts';
export { allocate, allocateCumulative, shareCumulative } from './split.ts';
export { format, fromJson, parse, toDecimal, toJson, type MoneyJson } from './text.ts';
export { fromWire, toWire, wireExponent, type Psp } from './wire.ts';
