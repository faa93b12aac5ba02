import type { Plan } from '../../contracts/generated/plan.ts';
import type { Profile } from '../../contracts/profile.ts';
import { HarnessError } from '../errors.ts';
import { EXIT } from '../exit-codes.ts';

/** Whether a URL leads to this machine. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127([.]\d+){3}$/.test(hostname)
  );
}

/** No workload makes a harmless scenario send more turns than this. */
const HARMLESS_TURNS = 50;

/** Whether a plan stays within what a harmless scenario sends by itself. */
export function isHarmless({ conversations, turns }: Plan, profile: Profile): boolean {
  const limit = profile.harmless === true ? (profile.conversations ?? 0) : 0;
  return conversations !== null && conversations <= limit && turns !== null && turns <= HARMLESS_TURNS;
}

/**
 * Nobody spends money or fills somebody's inbox by accident, and the key never travels in clear text.
 * @throws HarnessError (7) that says what to type to go on
 */
export function assertSafe(plan: Plan, profile: Profile, confirmed: string | undefined): void {
  const { baseUrl } = plan.target;
  if (isLoopback(baseUrl)) return;
  const { protocol, host } = new URL(baseUrl);
  if (protocol !== 'https:') {
    throw refusal(
      `${baseUrl} would carry the API key in clear text: use https:// (http:// is for loopback hosts only)`,
    );
  }
  if (isHarmless(plan, profile) || confirmed === host) return;
  if (confirmed !== undefined) {
    throw refusal(
      `--confirm-target ${confirmed} is not the host of ${baseUrl}: to send there, type --confirm-target ${host}`,
    );
  }
  const turns =
    plan.turns === null
      ? 'a number of turns that only time bounds'
      : `up to ${plan.turns.toLocaleString('en-US')} turns`;
  throw refusal(
    `${plan.scenario} would send ${turns} to ${host}, and each user turn costs a reply: to go on, type --confirm-target ${host}`,
  );
}

const refusal = (message: string): HarnessError => new HarnessError(EXIT.refused, message);
