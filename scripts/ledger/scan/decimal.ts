/** Digits that a part of a number has at most: below, all is exact in a double. */
export const PART_DIGITS = 9;
/** Exact doubles. */
const POWERS = Float64Array.from({ length: 2 * PART_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
/** Whole numbers below this are exact doubles; divided by one, they give the nearest double of the fraction. */
const EXACT = 2 ** 53;
/** Splits a double into two halves of 26 bits, whose products are exact (T. J. Dekker, 1971). */
const SPLITTER = 2 ** 27 + 1;
/** Far more than the rounding of the second quotient. */
const DOUBT = 2 ** -40;

/** A whole number: the digits of `high`, then those of `low`. */
export const wholeOf = (high: number, low: number, lowDigits: number): number => high * (POWERS[lowDigits] ?? 1) + low;

/**
 * The nearest double of that number divided by ten to the power of `decimals`; undefined where the middle of two doubles is too near to tell.
 * A quotient and the quotient of its exact remainder have twice the digits of a double.
 */
export function fractionOf(high: number, low: number, lowDigits: number, decimals: number): number | undefined {
  const power = POWERS[decimals] ?? Number.NaN;
  const whole = wholeOf(high, low, lowDigits);
  if (whole < EXACT) return whole / power;
  const rounding = low - (whole - high * (POWERS[lowDigits] ?? 1));
  const quotient = whole / power;
  const rest = remainder(whole, quotient, power) + rounding;
  const correction = rest / power;
  const nearest = quotient + correction * (1 + DOUBT);
  return nearest === quotient + correction * (1 - DOUBT) ? nearest : undefined;
}

/** `whole - quotient * power`, which is exact where the quotient is the nearest double. */
function remainder(whole: number, quotient: number, power: number): number {
  const product = quotient * power;
  const [q, p] = [upper(quotient), upper(power)];
  const [qRest, pRest] = [quotient - q, power - p];
  const missing = q * p - product + q * pRest + qRest * p + qRest * pRest;
  return whole - product - missing;
}

function upper(value: number): number {
  const scaled = SPLITTER * value;
  return scaled - (scaled - value);
}
