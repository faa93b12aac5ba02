/** Nobody waits longer: a service that asks for more asks for ever. */
const LONGEST_MS = 365 * 24 * 3_600_000;

const SECONDS = /^\d+(?:\.\d+)?$/;
/** What a comma stands after that is within a date. */
const DAY = /^\s*[A-Z][a-z]{2,8}$/;
/** The three forms of RFC 9110 (5.6.7); the last two are obsolete and must still be read. */
const IMF_FIXDATE = /^[A-Z][a-z]{2}, (\d\d) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT$/;
const RFC_850 = /^[A-Z][a-z]{5,8}, (\d\d)-([A-Z][a-z]{2})-(\d\d) (\d\d):(\d\d):(\d\d) GMT$/;
const ASCTIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) ([ \d]\d) (\d\d):(\d\d):(\d\d) (\d{4})$/;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * How long an answer asks to stay away (RFC 9110, 10.2.3), in ms from `now` (epoch ms): seconds or an HTTP date. A date is
 * on the service's clock, so it counts from the answer's own Date header where that can be read. Undefined for anything else.
 */
export function retryAfterMs(retryAfter: string | undefined, now: number, date?: string): number | undefined {
  let longestMs = 0;
  for (const value of valuesOf(retryAfter ?? '')) {
    const ms = waitMs(value.trim(), now, date);
    if (ms === undefined) return undefined;
    longestMs = Math.max(longestMs, ms);
  }
  return longestMs;
}

/** Repeated headers come joined by commas; the longest wait satisfies them all. */
function valuesOf(text: string): string[] {
  const values: string[] = [];
  let day = '';
  for (const part of text.split(',')) {
    if (day === '' && DAY.test(part)) day = `${part},`;
    else {
      values.push(day + part);
      day = '';
    }
  }
  return day === '' ? values : [...values, day];
}

function waitMs(text: string, now: number, date?: string): number | undefined {
  if (SECONDS.test(text)) return Math.min(LONGEST_MS, Math.ceil(Number(text) * 1_000));
  const at = httpDate(text, now);
  if (at === undefined) return undefined;
  const from = httpDate(date?.trim() ?? '', now) ?? now;
  return Math.min(LONGEST_MS, Math.max(0, at - from));
}

function httpDate(text: string, now: number): number | undefined {
  const [, day, month, year, hour, minute, second] = IMF_FIXDATE.exec(text) ?? [];
  if (day !== undefined) return epochMs(Number(year), month, day, hour, minute, second);
  const old = RFC_850.exec(text);
  if (old !== null) return epochMs(fullYear(Number(old[3]), now), old[2], old[1], old[4], old[5], old[6]);
  const oldest = ASCTIME.exec(text);
  if (oldest === null) return undefined;
  return epochMs(Number(oldest[6]), oldest[1], oldest[2], oldest[3], oldest[4], oldest[5]);
}

/** A year of two digits is the latest that is at most 50 years ahead. */
function fullYear(year: number, now: number): number {
  const thisYear = new Date(now).getUTCFullYear();
  const inThisCentury = thisYear - (thisYear % 100) + year;
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury;
}

function epochMs(year: number, monthName: string | undefined, ...rest: readonly (string | undefined)[]) {
  const month = MONTHS.indexOf(monthName ?? '');
  const [day = 0, hour = 0, minute = 0, second = 0] = rest.map(Number);
  return month < 0 ? undefined : Date.UTC(year, month, day, hour, minute, second);
}
