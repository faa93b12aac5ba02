import schema from '../../contracts/files/config.schema.json' with { type: 'json' };
import { usageError } from '../foundation/errors.ts';
import type { Io } from '../foundation/io.ts';

/** What a user said about where to send. */
export interface TargetChoice {
  /** `--embedded`. */
  readonly embedded: boolean;
  /** `--confirm-target`: the host, or several. */
  readonly confirmTarget?: string | readonly string[] | undefined;
}

/** Variables that name a service. */
const NAMING = ['FINI_API_KEY', 'FINI_API_KEY_FILE', 'FINI_BOT_ID', 'FINI_BASE_URL'] as const;

/**
 * Whether the harness brings its own service: where it is asked to, or where nothing names one (no key, no bot, no base
 * URL). Whoever meant a real service must not be told that the reference server passes: a secret that arrived empty, a CI
 * job and a confirmed host all say so.
 * @throws HarnessError (2) that says what is missing
 */
export function wantsEmbedded(choice: TargetChoice, namesService: boolean, env: Io['env']): boolean {
  if (choice.embedded) return true;
  const isKeySet = (env.FINI_API_KEY ?? '').trim() !== '';
  if (isKeySet || namesService) return false;
  const reason = reasonNotTo(choice, env);
  if (reason === undefined) return true;
  throw usageError(
    `${reason}, and no service is configured: set FINI_API_KEY and FINI_BOT_ID (and FINI_BASE_URL, unless it is ` +
      `${schema.properties.baseUrl.default}), or use --embedded to send to the reference server`,
  );
}

/** What shows that somebody meant a real service. */
function reasonNotTo({ confirmTarget }: TargetChoice, env: Io['env']): string | undefined {
  const empty = NAMING.filter((name) => env[name]?.trim() === '');
  if (empty.length > 0) return `${empty.join(' and ')} ${empty.length === 1 ? 'is' : 'are'} set but empty`;
  const [host] = [confirmTarget ?? []].flat();
  if (host !== undefined) return `--confirm-target ${host} was given`;
  return isCi(env) ? 'CI is set' : undefined;
}

/** As most tools read it: a CI service sets it to true, and `CI=false` turns it off. */
const isCi = ({ CI = '' }: Io['env']): boolean => !['', '0', 'false'].includes(CI.trim().toLowerCase());
