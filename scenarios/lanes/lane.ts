import exec from 'k6/execution';
import type { Options } from 'k6/options';
import type { ConversationScript } from '../../contracts/generated/workload.ts';
import { templateOf, weightTable } from '../../contracts/template.ts';
import { sleepUntil } from './clock.ts';
import { converse } from './conversation.ts';
import { thresholdsOf } from './gate-metrics.ts';
import { type Lane, laneState } from './lane-state.ts';
import { keeper, record } from './ledger.ts';
import { keepsMetrics, preparedIds, schedule, scripts, settings, weights } from './plan.ts';
import { type Pool, preparePool } from './pool.ts';
import { runnerNumber } from './runner.ts';

/** Room beyond the last possible settlement; k6 would drop what is still running without a word. */
const SLACK_MS = 15_000;
const SETUP_MS = 60_000;
const REMEMBERED_SCRIPTS = 100;

/**
 * How late a lane may start, and how far it may fall behind its plan later. All that is overdue would leave at once, in a
 * burst that no plan asks for: a lane that is later sends nothing more.
 */
const LATEST_START_MS = 1_000;
const FARTHEST_BEHIND_MS = 5_000;

const longestMs = settings.leadMs + settings.windowMs + settings.drainMs + settings.timeoutMs + SLACK_MS;

/** k6's options: one VU a lane, one iteration a VU, and all the time that the plan can need. */
export const options: Options = {
  scenarios: {
    [settings.scenario]: {
      executor: 'per-vu-iterations',
      vus: settings.lanes,
      iterations: 1,
      maxDuration: `${longestMs}ms`,
      gracefulStop: `${settings.timeoutMs}ms`,
    },
  },
  thresholds: thresholdsOf(settings.gates),
  // k6 keeps idle connections only up to these; the rest would be opened anew for every turn.
  batch: settings.inFlightPerLane,
  batchPerHost: settings.inFlightPerLane,
  systemTags: keepsMetrics ? ['scenario', 'name', 'method', 'status', 'error_code', 'expected_response'] : [],
  insecureSkipTLSVerify: settings.target.insecureTls === true,
  noConnectionReuse: settings.connections === 'new',
  setupTimeout: `${SETUP_MS + (settings.continuation.poolSize ?? 0) * settings.timeoutMs}ms`,
};

/** Before the lanes start, once: conversations to continue, where the strategy prepares them and nobody has done so. */
export const setup: () => Promise<Pool> = async () => preparedIds() ?? preparePool();

/** One lane: many conversations at once on one VU's event loop. */
export async function lane(pool: Pool): Promise<void> {
  const number = exec.scenario.iterationInTest;
  const startAt = settings.startAt ?? exec.scenario.startTime + settings.leadMs;
  if (exec.vu.iterationInScenario > 0 || number >= settings.lanes) {
    record({ kind: 'fault', lane: number, at: Date.now(), message: 'k6 asked for more lanes than the plan has' });
    return;
  }
  const at = Date.now();
  const runner = runnerNumber();
  record({ kind: 'lane-start', lane: number, at, startAt, runId: settings.runId, ...(runner && { runner }) });
  const state = laneState(number, startAt, pool);
  if (at - startAt > LATEST_START_MS) {
    refuse(
      number,
      `the lane started ${seconds(at - startAt)} after the plan's start, at most ${seconds(LATEST_START_MS)} is allowed`,
    );
    record({ kind: 'lane-end', lane: number, at, ...state.counts });
    return;
  }
  const table = weightTable([...weights]);
  const readScript = scriptReader();
  const midLife = new Map(settings.midLife?.map((it) => [it.conversation, it]));
  const hold = (conversation: number, intendedAt: number): Promise<void> => {
    const begun = midLife.get(conversation);
    const script = readScript(begun?.script ?? templateOf(settings.seed, conversation, table));
    if (script === undefined) return Promise.resolve();
    state.counts.conversations += 1;
    if (Date.now() < state.resumeAt()) return withhold(number, conversation, script);
    state.underWay.enter();
    return converse(state, conversation, script, { turn: begun?.turn ?? 0, at: intendedAt });
  };
  await (settings.model === 'closed' ? holdClosed(state, hold) : holdOpen(state, hold));
  record({ kind: 'lane-end', lane: number, at: Date.now(), ...state.counts, ...heldBy(state), ...unkept() });
}

const heldBy = ({ room }: Lane): { held?: number } => (room.held() === 0 ? {} : { held: room.held() });

function unkept(): { unkeptTexts?: number } {
  const turns = keeper?.unkept() ?? 0;
  return turns === 0 ? {} : { unkeptTexts: turns };
}

/** What is overdue is not sent, and the run is incomplete. */
function refuse(lane: number, why: string): void {
  const message = `${why}: it did not send its overdue turns, which would all have been sent at once`;
  record({ kind: 'fault', lane, at: Date.now(), message });
}

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** The service has asked to stay away: what the plan wanted is not begun, and the ledger says so. */
function withhold(lane: number, conversation: number, { id, turns }: ConversationScript): Promise<void> {
  const end = { template: id, outcome: 'withheld', turnsPlanned: turns.length, turnsSent: 0 } as const;
  record({ kind: 'conversation', conversation, lane, at: Date.now(), ...end });
  return Promise.resolve();
}

/** A shared array parses an element anew at each access; a lane remembers what it read, so far as that stays small. */
function scriptReader(): (index: number) => ConversationScript | undefined {
  const known = new Map<number, ConversationScript>();
  return (index) => {
    const script = known.get(index) ?? scripts[index];
    if (script !== undefined && known.size < REMEMBERED_SCRIPTS) known.set(index, script);
    return script;
  };
}

type Hold = (conversation: number, intendedAt: number) => Promise<void>;

/** Open model: every conversation starts at its scheduled time, whatever became of the others. */
async function holdOpen({ number, startAt, breaker, underWay }: Lane, hold: Hold): Promise<void> {
  for (const [index, startMs] of (schedule[number] ?? []).entries()) {
    const intendedAt = startAt + startMs;
    // Awaiting each arrival in turn keeps one timer, where all timers at once cost ten times the memory.
    await sleepUntil(intendedAt);
    if (breaker.isOpen()) break;
    const behindMs = Date.now() - intendedAt;
    if (behindMs > FARTHEST_BEHIND_MS) {
      refuse(
        number,
        `the lane fell ${seconds(behindMs)} behind its plan, at most ${seconds(FARTHEST_BEHIND_MS)} is allowed`,
      );
      break;
    }
    void hold(number + index * settings.lanes, intendedAt);
  }
  await underWay.over();
}

/** Closed model: so many conversations at any time, each followed by the next; they start spread over the warm-up. */
async function holdClosed({ number, startAt, breaker, resumeAt, underWay }: Lane, hold: Hold): Promise<void> {
  const { lanes, concurrency = 1, windowMs, conversations } = settings;
  const last = conversations ?? Number.POSITIVE_INFINITY;
  const [first] = settings.stages;
  const rampMs = first === undefined || first.measured ? 0 : first.endMs;
  const endAt = startAt + windowMs;
  let next = number;
  /** Waits while the service asks to stay away, to the end of the window at most; when the plan wants the next one then. */
  const resumed = async (intendedAt: number): Promise<number> => {
    let wantedAt = intendedAt;
    while (Date.now() < Math.min(resumeAt(), endAt)) {
      wantedAt = Math.min(resumeAt(), endAt);
      await sleepUntil(wantedAt);
    }
    return wantedAt;
  };
  /** Never rejects: neither does what it awaits. */
  const follow = async (slot: number): Promise<void> => {
    let intendedAt = startAt + (rampMs * slot) / concurrency;
    await sleepUntil(intendedAt);
    while (next < last && !breaker.isOpen() && Date.now() < endAt) {
      intendedAt = await resumed(intendedAt);
      // Where the window ends while it waits, the next one is withheld; it is begun in no case.
      if (breaker.isOpen() || next >= last || (Date.now() >= endAt && Date.now() >= resumeAt())) break;
      const conversation = next;
      next += lanes;
      await hold(conversation, intendedAt);
      intendedAt = Date.now();
    }
    underWay.leave();
  };
  for (let slot = number; slot < concurrency; slot += lanes) {
    underWay.enter();
    void follow(slot);
  }
  await underWay.over();
}
