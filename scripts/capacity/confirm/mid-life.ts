import type { ThinkTime } from '../../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import { type Random, random } from '../../../contracts/random.ts';
import { scriptTable, templateOf } from '../../../contracts/template.ts';
import { thinkMs } from '../../../contracts/think-time.ts';

/** A conversation that starts at time zero or later: the turn of which script it begins with, and when (ms). */
export interface StartedConversation {
  readonly startMs: number;
  readonly script: number;
  readonly turn: number;
}

/** What conversations are made of, and how long their answers take. */
export interface Traffic {
  readonly scripts: readonly ConversationScript[];
  readonly thinkTime: ThinkTime;
  readonly answerMs: number;
  readonly seed: number;
}

const STREAM = { arrivals: 0x61, pauses: 0x62, templates: 0x63 } as const;
/** So many mean lengths back nearly no conversation is still in progress. */
const LOOK_BACK = 6;

/**
 * Conversations in progress at time zero, at random points of their scripts, when `perSecond` have been starting for long:
 * a walk through their past. A turn that would be answered just then begins at zero.
 */
export function midLives(traffic: Traffic, perSecond: number): StartedConversation[] {
  const { scripts, seed } = traffic;
  const table = scriptTable(scripts);
  const pastMs = LOOK_BACK * longestMs(traffic);
  const arrivals = random(seed, STREAM.arrivals);
  const started: StartedConversation[] = [];
  for (let number = 0, at = -pastMs; ; number++) {
    at -= (1000 * Math.log(1 - arrivals())) / perSecond;
    if (at >= 0) return started;
    const script = templateOf(seed ^ STREAM.templates, number, table);
    const next = nextTurn(traffic, scripts[script], at, random(seed, STREAM.pauses, number));
    if (next !== undefined) started.push({ script, ...next });
  }
}

/** Mean length of the longest script. */
function longestMs({ scripts, thinkTime, answerMs }: Traffic): number {
  return Math.max(
    ...scripts.map(({ turns }) =>
      turns.reduce(
        (sum, turn, index) => sum + answerOf(turn, answerMs) + (index === 0 ? 0 : (turn.thinkMs ?? thinkTime.meanMs)),
        0,
      ),
    ),
  );
}

/** The turn that is next, or being answered, at time zero; undefined where the conversation is over. */
function nextTurn(
  { thinkTime, answerMs }: Traffic,
  script: ConversationScript | undefined,
  startMs: number,
  draw: Random,
): Omit<StartedConversation, 'script'> | undefined {
  let at = startMs;
  for (const [turn, scripted] of script?.turns.entries() ?? []) {
    if (turn > 0) at += scripted.thinkMs ?? thinkMs(thinkTime, draw);
    if (at >= 0) return { turn, startMs: at };
    at += answerOf(scripted, answerMs);
    if (at > 0) return { turn, startMs: 0 };
  }
  return undefined;
}

/** Only a user turn waits for a reply. */
const answerOf = ({ role = 'user' }: { role?: string }, answerMs: number): number => (role === 'user' ? answerMs : 0);
