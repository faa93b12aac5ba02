import { setTimeout } from 'node:timers/promises';
import type { Result } from '../../contracts/generated/result.ts';
import { redactStrings } from '../../contracts/redact.ts';
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';
import { addressOf, type Posted, postJson } from '../http/post-json.ts';
import { otlpRequest } from './otlp.ts';

/** As OpenTelemetry's own exporters. */
const TIMEOUT_MS = 10_000;
const PAUSES_MS = [500, 2_000] as const;
/** Answers after which OTLP has a client try again. */
const PASSING = [0, 429, 502, 503, 504];
const HEADERS = 'OTEL_EXPORTER_OTLP_HEADERS';
const MOST_CHARS = 300;

export interface OtlpEndpoint {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Where `--otlp` sends: an OTLP/HTTP endpoint, or its path for metrics, with the headers of OpenTelemetry's variable.
 * @throws HarnessError (2)
 */
export function otlpEndpoint(text: string, env: Io['env']): OtlpEndpoint {
  const url = addressOf('--otlp', text);
  if (!url.pathname.endsWith('/v1/metrics')) url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/metrics`;
  return { url, headers: headersOf(env[HEADERS] ?? '') };
}

/** `name=value,name=value`, values percent-encoded. They hold keys, so that no message shows them. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter((pair) => pair.trim() !== '');
  try {
    const entries = pairs.map((pair): [string, string] => {
      const [name = '', ...value] = pair.split('=');
      return [name.trim(), decodeURIComponent(value.join('=').trim())];
    });
    return Object.fromEntries(new Headers(entries));
  } catch (error) {
    throw usageError(`${HEADERS}: must be name=value pairs, separated by commas, with percent-encoded values`, {
      cause: error,
    });
  }
}

/** Sends the metrics of a run; returns why they were not taken, undefined where they were. */
export async function sendOtlp(
  { url, headers }: OtlpEndpoint,
  result: Result,
  { guard, signal }: Pick<Io, 'guard' | 'signal'>,
  pausesMs: readonly number[] = PAUSES_MS,
): Promise<string | undefined> {
  // Before it is turned into metrics, whose names look like keys.
  const body = otlpRequest(redactStrings(result, guard.redact) as Result);
  const once = (): Promise<Posted> => postJson(url, { headers, body, timeoutMs: TIMEOUT_MS, signal });
  let posted = await once();
  for (const pause of pausesMs) {
    if (!PASSING.includes(posted.status) || signal.aborted) break;
    await setTimeout(pause, undefined, { signal }).catch(() => undefined);
    posted = await once();
  }
  return posted.trouble ?? rejection(posted.text, Object.values(headers));
}

/** ExportMetricsServiceResponse: a part of the metrics may be refused with status 200. */
function rejection(text: string, secrets: readonly string[]): string | undefined {
  const { rejectedDataPoints, errorMessage } = partialSuccess(text);
  // 64-bit numbers are text in protobuf's JSON.
  const refused = typeof rejectedDataPoints === 'object' ? 0 : Number(rejectedDataPoints);
  if (!(refused > 0)) return undefined;
  const message = typeof errorMessage === 'string' ? errorMessage : '';
  const shown = secrets.filter(Boolean).reduce((said, secret) => said.replaceAll(secret, '***'), message);
  return `${refused} data points were refused: ${shown.slice(0, MOST_CHARS)}`;
}

function partialSuccess(text: string): { readonly rejectedDataPoints?: unknown; readonly errorMessage?: unknown } {
  try {
    return (JSON.parse(text) as { partialSuccess?: object } | null)?.partialSuccess ?? {};
  } catch {
    return {};
  }
}
