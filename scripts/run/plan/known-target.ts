import schema from '../../../contracts/files/config.schema.json' with { type: 'json' };
import type { Plan } from '../../../contracts/generated/plan.ts';
import { HarnessError, usageError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Io } from '../../foundation/io.ts';
import { hostOf, isHostOf, isLoopback, normaliseBaseUrl } from '../config/base-url.ts';

/**
 * A run's folder may come from somebody else: the key goes only where this user wants it, and never in clear text.
 * @throws HarnessError (7) for a host that is neither loopback, nor the real service, nor FINI_BASE_URL, nor confirmed
 */
export function assertKnownTarget(
  { target }: { readonly target: Pick<Plan['target'], 'baseUrl'> },
  confirmed: string | undefined,
  env: Io['env'],
  named = 'the run was against',
): void {
  const { baseUrl } = target;
  if (isLoopback(baseUrl)) return;
  assertEncrypted(baseUrl);
  const known = [schema.properties.baseUrl.default, env.FINI_BASE_URL ?? ''].filter((url) => URL.canParse(url));
  const url = normaliseBaseUrl(baseUrl);
  if (known.some((each) => normaliseBaseUrl(each) === url) || isHostOf(confirmed, baseUrl)) return;
  const host = hostOf(baseUrl);
  throw refusal(`${named} ${host}: to send the API key there, add --confirm-target ${host}`);
}

/** @throws HarnessError (7) unless the user typed the host, or it is this machine */
export function assertMayDelete({ target }: Pick<Plan, 'target'>, confirmed: string | undefined): void {
  const { baseUrl } = target;
  if (isLoopback(baseUrl)) return;
  assertEncrypted(baseUrl);
  if (isHostOf(confirmed, baseUrl)) return;
  const host = hostOf(baseUrl);
  throw refusal(
    `this permanently deletes conversations on ${host}: check with --dry-run, then add --confirm-target ${host}`,
  );
}

/** @throws HarnessError (2) where the run's service has ended with the run */
export function assertStillThere({ target }: Plan, command: string): void {
  if (!target.embedded) return;
  throw usageError(`this run used the embedded reference server, which ended with it: use run --${command}`);
}

function assertEncrypted(baseUrl: string): void {
  if (new URL(baseUrl).protocol !== 'https:') throw refusal(`${baseUrl} would transmit the API key in clear text`);
}

const refusal = (message: string): HarnessError => new HarnessError(EXIT.refused, message);
