import type { Audit } from '../../contracts/generated/audit.ts';
import type { Plan } from '../../contracts/generated/plan.ts';
import type {
  LatencyRow,
  OutcomeRow,
  Result,
  Retries,
  Share,
  TurnRef,
  ViolationRow,
} from '../../contracts/generated/result.ts';
import type { Series } from '../analysis/metrics/series.ts';
import { clock, count, duration, plural, share } from '../foundation/text/format.ts';

/** Everything that a report shows; a renderer is a pure function of it. */
export interface ReportModel {
  readonly result: Result;
  readonly series: Series;
  readonly plan: Plan;
  /** What the service stored, where that was read back. */
  readonly audit?: Audit | undefined;
}

/** What became of turns, in words: `HTTP 429`, `timed out`. */
export function outcomeName(it: Pick<OutcomeRow, 'outcome' | 'status' | 'errorCode'>): string {
  if (it.outcome === 'lost' && it.errorCode === UNDECODABLE) return 'answer not decodable';
  return it.outcome === 'answered' ? `HTTP ${it.status}` : OUTCOMES[it.outcome];
}

/** k6's error code of a body that is not in the coding that its Content-Encoding names. */
const UNDECODABLE = 1701;

const OUTCOMES: Readonly<Record<Exclude<OutcomeRow['outcome'], 'answered'>, string>> = {
  'timed-out': 'timed out',
  lost: 'connection lost',
  cut: 'cut at the end of the run',
  unsent: 'not sent, no connection',
};

/** k6's error code and its own words for it: `1000: unexpected EOF (3); malformed HTTP status code "there" (1)`. */
export function errorStory({ errorCode, reasons = [] }: Pick<OutcomeRow, 'errorCode' | 'reasons'>): string {
  if (errorCode === 0) return '';
  const words = reasons.map((each) => (reasons.length === 1 ? each.text : `${each.text} (${count(each.count)})`));
  return [String(errorCode), words.join('; ')].filter((part) => part !== '').join(': ');
}

/** Where to find a turn in the ledger: `conversation 31, turn 2`. */
export function turnName({ conversation, turn, attempt }: TurnRef): string {
  return `conversation ${conversation}, turn ${turn}${attempt ? `, attempt ${attempt}` : ''}`;
}

/** A turn with what happened to it: `conversation 31, turn 2 at 1:05: 14.2 s, HTTP 200`. */
export function turnStory(it: TurnRef): string {
  const at = it.atMs === undefined ? '' : ` at ${clock(it.atMs)}`;
  return `${turnName(it)}${at}: ${turnLatency(it)}, ${turnOutcome(it)}`;
}

/** How long a turn took; without an answer, how long was waited at least. */
export function turnLatency({ latencyMs, outcome }: TurnRef): string {
  if (typeof latencyMs !== 'number') return 'no answer';
  return outcome === 'answered' ? duration(latencyMs) : `≥ ${duration(latencyMs)}`;
}

export function turnOutcome({ outcome, status }: TurnRef): string {
  return outcome === 'answered' ? `HTTP ${status ?? 200}` : (outcome ?? 'unknown').replace('-', ' ');
}

/** What sending turns once more brought; a retry hides nothing: the first try stands beside it. */
export function retryLine({ retried, recovered, firstTry, afterRetry }: Retries): string {
  const answered = (it: Share) => (it.value === null ? 'not known' : share(it.value));
  const again = `${plural(retried, 'turn')} retried, ${count(recovered)} of them answered`;
  return `${again}: ${answered(firstTry)} answered at the first attempt, ${answered(afterRetry)} after the retry`;
}

/** One line on the load that the plan asked for: `poisson arrivals, up to 4.5 conversations/s, seed 7`. */
export function loadLine({ plan }: Result): string {
  const load =
    plan.model === 'closed'
      ? `closed model, ${plan.concurrency == null ? '? conversations' : plural(plan.concurrency, 'conversation')} in flight`
      : `${plan.model} arrivals, up to ${plan.rate === null ? '?' : Number(plan.rate.toPrecision(3))} conversations/s`;
  return `${load}, seed ${plan.seed}`;
}

/** The user turns of all measured stages together: the sample of the gates. */
export function measuredRow({ result }: ReportModel): LatencyRow | undefined {
  return result.latency.find(({ role, stage }) => role === 'user' && stage === 'measured');
}

/** Latency by role and stage, without stages that are all of the measured window: they would repeat its row. */
export function latencyRows({ latency }: Result): LatencyRow[] {
  const whole = latency.filter(({ stage }) => stage === 'measured');
  return latency.filter((row) => whole.includes(row) || !whole.some(({ role, n }) => role === row.role && n === row.n));
}

/** Id of a turn's row in the table of the slowest turns. */
export function turnAnchor({ conversation, turn, attempt }: TurnRef): string {
  return `turn-${conversation}-${turn}-${attempt ?? 0}`;
}

/** A page stays light whatever a service does wrong; result.json has the rest. */
const MOST_VIOLATIONS = 200;

/** The violations that the page shows, worst first, with the ids of their articles. */
export function shownViolations({ violations }: Result): { row: ViolationRow; anchor: string }[] {
  return violations.slice(0, MOST_VIOLATIONS).map((row, index) => ({ row, anchor: `violation-${index + 1}` }));
}
