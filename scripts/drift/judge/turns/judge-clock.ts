import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import type { ChainView, SoundTurn } from '../chain-view.ts';
import { CLOCKS_MS } from '../clocks.ts';

/** Two turns of one clock that are further apart than this cannot have the same millisecond. */
const APART_MS = 250;
const SECOND_MS = 1_000;
/** So many turns, or instants, have the same millisecond by no accident of clocks. */
const LEAST_FROZEN = 3;

/** Times of events against those of other turns: a clock that stands still, or goes back within a conversation. */
export function judgeClock(turns: readonly SoundTurn[], views: readonly ChainView[]): Sighting[] {
  const isOfUser = ({ probe }: SoundTurn): boolean => probe.step.turn?.role === 'user';
  // One kind of turns may have a clock of its own.
  const kinds = [turns, turns.filter(isOfUser), turns.filter((one) => !isOfUser(one))];
  const frozen = kinds.map(judgeFrozen).find((found) => found.length > 0) ?? [];
  return frozen.length > 0 ? frozen : views.flatMap(judgeSequence);
}

/**
 * Equal times of turns that were sent apart: further than clocks differ; at more instants than there are clocks by
 * chance; or of most turns.
 */
function judgeFrozen(turns: readonly SoundTurn[]): Sighting[] {
  const groups = new Map<number, Probe[]>();
  for (const { probe, events } of turns) {
    const at = events[0]?.createdAt ?? Number.NaN;
    groups.set(at, [...(groups.get(at) ?? []), probe]);
  }
  // Times in whole seconds are the same for a second.
  const tellsSeconds = groups.size > 1 && [...groups.keys()].every((time) => time % SECOND_MS === 0);
  const apartMs = APART_MS + (tellsSeconds ? SECOND_MS : 0);
  return [...groups].flatMap(([at, group]) => {
    const earliest = Math.min(...group.map(({ exchange }) => exchange.settledAt));
    const apart = group.filter(({ exchange }) => exchange.sentAt - earliest >= apartMs);
    const isFar = apart.some(({ exchange }) => exchange.sentAt - earliest >= CLOCKS_MS);
    const isMost = apart.length > 0 && group.length >= LEAST_FROZEN && 2 * group.length >= turns.length;
    if (!isFar && !isMost && instantsOf(group, apartMs) < LEAST_FROZEN) return [];
    const seen = { place: '/responses/200/body/0/createdAt', expected: { after: earliest }, value: at };
    return apart.map((probe) => sighting({ rule: DRIFT_RULES.timestampFrozen, probe, ...seen }));
  });
}

/** Instants, each after the answers of the one before: two replicas may have given the same time at two. */
function instantsOf(group: readonly Probe[], apartMs: number): number {
  let instants = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { exchange } of [...group].sort((a, b) => a.exchange.settledAt - b.exchange.settledAt)) {
    if (exchange.sentAt - last < apartMs) continue;
    instants += 1;
    last = exchange.settledAt;
  }
  return instants;
}

function judgeSequence({ turns }: ChainView): Sighting[] {
  return turns.flatMap(({ probe, events: [stored] }, index) => {
    const before = turns[index - 1]?.events[0]?.createdAt;
    if (before === undefined || stored === undefined || stored.createdAt >= before - CLOCKS_MS) return [];
    const seen = { place: '/sequence/1→2/createdAt', expected: { notBefore: before }, value: stored.createdAt };
    return [sighting({ rule: DRIFT_RULES.sequenceOrder, probe, ...seen })];
  });
}
