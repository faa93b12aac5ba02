import type { Plan } from '../../contracts/generated/plan.ts';
import { clock, count, duration, perSecond, plural } from '../foundation/text/format.ts';
import { styles } from '../foundation/text/terminal.ts';
import type { Snapshot } from '../ledger/snapshot.ts';

type PlanFacts = Pick<Plan, 'scenario' | 'stages' | 'windowMs' | 'drainMs' | 'timeoutMs' | 'turns' | 'price'>;

const BAR_CELLS = 24;

/** The steady display of a terminal: a few lines that are redrawn. */
export function renderProgress(plan: PlanFacts, snapshot: Snapshot, color: boolean): string {
  const { bold, dim, red } = styles(color);
  const row = (name: string, text: string): string => `  ${dim(name.padEnd(14))}${text}`;
  const alarm = (text: string, bad: boolean): string => (bad ? red(text) : text);
  const { sent, settled, inFlight, oldestMs, conversations, violations, faults, breakers } = snapshot;
  const oldest = oldestMs === undefined ? '' : dim(`, the oldest for ${duration(oldestMs)}`);
  return [
    `${bold(plan.scenario)}  ${phaseOf(plan, snapshot)}  ${bar(plan, snapshot)}  ${timeLeft(plan, snapshot)}`,
    row('turns', `${sentOf(plan, sent)}, ${count(settled)} settled, ${count(inFlight)} in flight${oldest}`),
    row('conversations', `${count(conversations.started)} started, ${count(conversations.ended)} ended`),
    row('last 10 s', recentLatency(snapshot)),
    row('errors', alarm(errorsOf(snapshot), snapshot.errors.size > 0)),
    row('violations', alarm(violations === 0 ? 'none' : plural(violations, 'turn'), violations > 0)),
    row('spent', spentOf(plan, snapshot)),
    ...(breakers.size > 0 ? [row('stopped', red(`circuit breaker: ${[...breakers].join(', ')}`))] : []),
    ...(faults > 0 ? [row('faults', red(plural(faults, 'harness fault')))] : []),
  ].join('\n');
}

/** The same in one line, for logs. */
export function renderProgressLine(plan: PlanFacts, snapshot: Snapshot): string {
  const { sent, settled, inFlight, violations, breakers, faults } = snapshot;
  const parts = [
    `${sentOf(plan, sent)}, ${count(settled)} settled, ${count(inFlight)} in flight`,
    recentLatency(snapshot),
    `errors ${errorsOf(snapshot)}`,
    `violations ${violations === 0 ? 'none' : count(violations)}`,
    ...(breakers.size > 0 ? [`circuit breaker: ${[...breakers].join(', ')}`] : []),
    ...(faults > 0 ? [plural(faults, 'harness fault')] : []),
    timeLeft(plan, snapshot),
  ];
  return `${phaseOf(plan, snapshot)}: ${parts.join('; ')}`;
}

/** Time since time zero of the schedule; undefined before it. */
function elapsedMs({ at, startAt }: Snapshot): number | undefined {
  return startAt === undefined || at < startAt ? undefined : at - startAt;
}

function phaseOf({ stages, windowMs, drainMs }: PlanFacts, snapshot: Snapshot): string {
  const ms = elapsedMs(snapshot);
  if (ms === undefined) return 'starting';
  const stage = stages.find(({ startMs, endMs }) => ms >= startMs && ms < endMs)?.name;
  return `${stage ?? (ms < windowMs + drainMs ? 'drain' : 'end')} ${clock(ms)}`;
}

function bar(plan: PlanFacts, snapshot: Snapshot): string {
  const done = Math.min(1, (elapsedMs(snapshot) ?? 0) / plan.windowMs);
  const cells = Math.round(done * BAR_CELLS);
  return '█'.repeat(cells) + '░'.repeat(BAR_CELLS - cells);
}

/** How long it will go on: the window to its end, then conversations at most through the drain, then turns in flight. */
function timeLeft({ windowMs, drainMs, timeoutMs }: PlanFacts, snapshot: Snapshot): string {
  const ms = elapsedMs(snapshot) ?? 0;
  const until = (end: number): string => clock(Math.ceil(Math.max(0, end - ms) / 1000) * 1000);
  if (ms < windowMs) return `${until(windowMs)} left`;
  if (ms < windowMs + drainMs) return `conversations continue for at most ${until(windowMs + drainMs)}`;
  return `turns in flight are awaited for at most ${until(windowMs + drainMs + timeoutMs)}`;
}

function sentOf({ turns }: PlanFacts, sent: number): string {
  return turns === null ? `${count(sent)} sent` : `${count(sent)} sent of at most ${count(turns)}`;
}

function recentLatency({ recent }: Snapshot): string {
  const { turns, seconds, p50, p95 } = recent;
  if (p50 === undefined || p95 === undefined) return `no turn settled in the last ${seconds} s`;
  const ms = (value: number): string => (Number.isFinite(value) ? duration(value) : 'no answer');
  return `p50 ${ms(p50)}, p95 ${ms(p95)}, ${perSecond(turns / seconds)}`;
}

function errorsOf({ errors }: Snapshot): string {
  if (errors.size === 0) return 'none';
  const worst = [...errors].sort(([, a], [, b]) => b - a);
  const total = worst.reduce((sum, [, times]) => sum + times, 0);
  return `${count(total)} (${worst.map(([name, times]) => `${name} ×${count(times)}`).join(', ')})`;
}

function spentOf({ price }: PlanFacts, { spent }: Snapshot): string {
  const turns = plural(spent, 'user turn');
  return price === undefined ? turns : `${turns}, ${(spent * price.perTurn).toFixed(2)} ${price.currency}`;
}
