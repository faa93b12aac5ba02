import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { HarnessError } from '../../foundation/errors.ts';
import { EXIT } from '../../foundation/exit-codes.ts';
import type { Io } from '../../foundation/io.ts';
import { plural } from '../../foundation/text/format.ts';
import { hostOf, isHostOf, isLoopback } from '../config/base-url.ts';

/** What a turn may do beside its reply: the agent reads Attributes (GET) and runs Actions (POST) of its owner's own API. */
export const SIDE_EFFECTS = "may call your own API (the agent's Attributes and Actions)";

/** No workload makes a harmless scenario send more turns than this. */
const HARMLESS_TURNS = 50;

/** Whether a plan stays within what a harmless scenario sends by itself. */
export function isHarmless({ conversations, turns }: Plan, profile: Profile): boolean {
  const limit = profile.harmless === true ? (profile.conversations ?? 0) : 0;
  return conversations !== null && conversations <= limit && turns !== null && turns <= HARMLESS_TURNS;
}

/** What is about to be sent, and where to. */
export interface Sending {
  /** The command or scenario. */
  readonly what: string;
  readonly baseUrl: string;
  /** The most turns; `null` where only time bounds them. */
  readonly turns: number | null;
  /** Small enough to go anywhere. */
  readonly harmless: boolean;
}

export function sendingOf(plan: Plan, profile: Profile): Sending {
  const { scenario: what, turns, target } = plan;
  return { what, baseUrl: target.baseUrl, turns, harmless: isHarmless(plan, profile) };
}

/**
 * Nobody spends money or fills somebody's inbox by accident, and the key never travels in clear text.
 * @throws HarnessError (7) that says what to type to go on
 */
export function assertConfirmed(sending: Sending, confirmed: string | undefined): void {
  const { baseUrl, what } = sending;
  if (isLoopback(baseUrl)) return;
  const { protocol } = new URL(baseUrl);
  const host = hostOf(baseUrl);
  if (protocol !== 'https:') {
    throw refusal(
      `${baseUrl} would transmit the API key in clear text: use https:// (http:// is for loopback hosts only)`,
    );
  }
  if (sending.harmless || isHostOf(confirmed, baseUrl)) return;
  if (confirmed !== undefined) {
    throw refusal(
      `--confirm-target ${confirmed} is not the host of ${baseUrl}: to send there, use --confirm-target ${host}`,
    );
  }
  throw refusal(
    `${what} would send ${turnsOf(sending)} to ${host}, and each user turn costs a reply and ${SIDE_EFFECTS}: to continue, add --confirm-target ${host}`,
  );
}

/**
 * The host that the user confirms: the one that was typed as a flag, or else, on a terminal, the one that is typed now,
 * below `shown`. Undefined where nobody is there to ask.
 */
export async function askToConfirm(
  sending: Sending,
  typed: string | undefined,
  { err, ask }: Pick<Io, 'err' | 'ask'>,
  shown = '',
): Promise<string | undefined> {
  const { baseUrl, harmless } = sending;
  const { protocol } = new URL(baseUrl);
  if (typed !== undefined || ask === undefined || harmless || isLoopback(baseUrl) || protocol !== 'https:')
    return typed;
  err(shown);
  const answer = await ask(`To send ${turnsOf(sending)} to ${hostOf(baseUrl)}, type the name of this host: `);
  return answer?.trim() || undefined;
}

const turnsOf = ({ turns }: Sending): string =>
  turns === null ? 'turns limited by time only' : `up to ${plural(turns, 'turn')}`;

const refusal = (message: string): HarnessError => new HarnessError(EXIT.refused, message);
