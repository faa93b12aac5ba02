import { usageError } from '../foundation/errors.ts';
import { durationMs, LONGEST_MS } from '../run/config/duration.ts';

/** What a service must keep: a quantile of latency below a limit, and where given a share of errors. */
export interface Slo {
  /** `p95<8s,errors<1%`, as typed. */
  readonly text: string;
  /** 0.95 of p95. */
  readonly quantile: number;
  readonly limitMs: number;
  /** The share of user turns that may be bad, slower than the limit or failed: 1 - quantile. */
  readonly badShare: number;
  readonly errorShare: number | null;
}

const LATENCY = /^p(\d{2}(?:\.\d+)?)\s*<=?\s*(\d+(?:\.\d+)?(?:ms|s|m))$/;
const ERRORS = /^errors\s*<=?\s*(\d+(?:\.\d+)?)%$/;
const NEVER_MET = /^errors\s*<\s*[0.]+%$/;

/**
 * Reads `p95<8s` or `p95<8s,errors<1%`.
 * @throws HarnessError (2) for anything else
 */
export function parseSlo(text: string): Slo {
  const parts = text.split(',').map((part) => part.trim());
  const [latency, ...moreLatency] = matches(parts, LATENCY);
  const [errors, ...moreErrors] = matches(parts, ERRORS);
  const known = (latency === undefined ? 0 : 1) + (errors === undefined ? 0 : 1);
  const [, percent = '', limit = ''] = latency ?? [];
  const isSound = moreLatency.length + moreErrors.length === 0 && known === parts.length && Number(percent) >= 50;
  if (latency === undefined || !isSound || durationMs(limit) === 0) {
    throw usageError(
      `--slo: ${JSON.stringify(text)} must be a latency from p50 up, and may have errors: p95<8s,errors<1%`,
    );
  }
  if (durationMs(limit) > LONGEST_MS) throw usageError(`--slo: ${limit} is longer than 168h`);
  const quantile = Number(percent) / 100;
  const errorShare = errors === undefined ? null : Number(errors[1]) / 100;
  if (errors !== undefined && ((errorShare ?? 0) >= 1 || NEVER_MET.test(errors[0])))
    throw usageError(
      `--slo: ${errors[0]} has no effect: errors must be a share from 0% to below 100%, such as errors<1%`,
    );
  return { text, quantile, limitMs: durationMs(limit), badShare: 1 - quantile, errorShare };
}

const matches = (parts: readonly string[], pattern: RegExp): RegExpExecArray[] =>
  parts.map((part) => pattern.exec(part)).filter((match) => match !== null);
