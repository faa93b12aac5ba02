import { DRIFT_RULES } from '../../rules/index.ts';
import { type Sighting, sighting } from '../../sighting.ts';
import { CLOCKS_MS } from '../clocks.ts';
import type { RunView } from '../run-view.ts';
import { namesIn, timeIn } from './judge-page-query.ts';
import type { Page } from './pages.ts';

/** A conversation of the check, as far as queries can name it. */
interface Due {
  readonly id: string;
  readonly botId: string;
  readonly source: string | null | undefined;
  readonly channel: string | null | undefined;
  /** Epoch ms of its latest message, by the service's clock. */
  readonly latestAt: number;
  /** Since when every replica should list it, and until when. */
  readonly from: number;
  readonly to: number;
}

/** Kind of the probes that walk over pages. */
const WALK = 'P';

/** A listing that has no further page shows every conversation of the check that its query asks for, and no page one of another agent. */
export function judgeComplete(view: RunView, pages: readonly Page[]): Sighting[] {
  const due = dueIn(view, pages);
  return pages.flatMap(({ probe, page }) => {
    const { url, sentAt, settledAt } = probe.exchange;
    const { expect, auth, kind, do: action } = probe.step;
    const shown = new Set(page.interactions.map(({ id }) => id));
    const agent = agentIn(url);
    const alien = due.find((one) => agent !== undefined && one.botId !== agent && shown.has(one.id));
    const at = { rule: DRIFT_RULES.listFilter, probe, place: '/listing/interactions', value: page.interactions.length };
    if (alien !== undefined && expect.learnt !== true) return [sighting({ ...at, expected: { agentId: agent ?? '' } })];
    const isWhole = !page.hasMore && !/[?&]cursor=/.test(url) && expect.learnt !== true;
    // Walks are judged by their own rules, and the page that explains them with them.
    if (!isWhole || action !== 'send' || kind === WALK || auth.key !== 'main') return [];
    const missed = due.find((one) => one.from <= sentAt && one.to > settledAt && !shown.has(one.id) && fits(one, url));
    if (missed === undefined) return [];
    return [sighting({ ...at, expected: { includes: missed.id } })];
  });
}

function dueIn({ run: { plan }, distinct, started, removalAsked }: RunView, pages: readonly Page[]): Due[] {
  const shown = new Map(pages.flatMap(({ page }) => page.interactions.map((one) => [one.id, one] as const)));
  return plan.chains.flatMap(({ id: chain, phase, steps: [first] }) => {
    const [id, view] = [started.get(chain), distinct[chain]];
    const last = view?.turns.at(-1);
    if (phase !== 1 || first?.auth.key !== 'main' || id === undefined || last === undefined) return [];
    if (view?.allSound !== true) return [];
    const { botId = '' } = JSON.parse(first.body ?? '{}') as { botId?: string };
    const latestAt = Math.max(...last.events.map(({ createdAt }) => createdAt));
    const from = last.probe.exchange.settledAt + plan.graceMs;
    const { source, channel } = shown.get(id) ?? {};
    return [{ id, botId, source, channel, latestAt, from, to: removalAsked.get(id) ?? Number.POSITIVE_INFINITY }];
  });
}

const agentIn = (url: string): string | undefined => /[?&]agentId=([^&]+)/.exec(url)?.[1];

function fits({ botId, source, channel, latestAt }: Due, url: string): boolean {
  const agent = agentIn(url);
  const isNamed = (filter: 'source' | 'channel', value: string | null | undefined): boolean => {
    const names = namesIn(url, filter);
    return names === undefined || (typeof value === 'string' && names.includes(value));
  };
  return (
    (agent === undefined || agent === botId) &&
    isNamed('source', source) &&
    isNamed('channel', channel) &&
    latestAt > (timeIn(url, 'since') ?? 0) + CLOCKS_MS &&
    latestAt < (timeIn(url, 'until') ?? Number.POSITIVE_INFINITY) - CLOCKS_MS
  );
}
