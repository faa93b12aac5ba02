/** Statuses other than 200 that the reference documents; each carries the error envelope. */
export const ERROR_STATUSES: readonly number[] = [400, 401, 403, 500];

/** They say too much or too long, or a proxy says them of a service that is away: data of capacity, not of the contract. */
const OUTAGE_STATUSES: readonly number[] = [413, 429, 502, 503, 504];

/** What a status other than 200 means to a valid turn; 0 is no answer at all. */
export function kindOf(status: number): 'error' | 'outage' | 'unexpected' {
  if (ERROR_STATUSES.includes(status)) return 'error';
  // 520 to 530 are Cloudflare's words for an origin that is away.
  const isOutage = status === 0 || OUTAGE_STATUSES.includes(status) || (status >= 520 && status <= 530);
  return isOutage ? 'outage' : 'unexpected';
}
