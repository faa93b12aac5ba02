import type { VNode } from 'preact';
import { clock, count, duration, perSecond, plural } from '../../foundation/text/format.ts';
import type { Live as LiveAnswer } from '../answers.ts';
import { queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Chart } from './chart.tsx';
import { Standing, stateSentence } from './parts.tsx';
import { PartTrouble } from './title.tsx';

const EVERY_MS = 1_000;

/** How a run stands, each second while it goes on. */
export function Live({ run }: { run: string }): VNode {
  const { data, error } = useAnswer<LiveAnswer>(`/api/live?${queryOf({ run })}`, (live) =>
    live === undefined || live.state === 'running' ? EVERY_MS : undefined,
  );
  return (
    <section aria-labelledby="progress" class="live">
      <h2 id="progress">Progress</h2>
      <PartTrouble error={error} />
      {data !== undefined && <Progress live={data} />}
    </section>
  );
}

function Progress({ live }: { live: LiveAnswer }): VNode {
  const { state, elapsedMs, windowMs } = live;
  return (
    <>
      <p role="status" data-state={state}>
        <Standing row={{ verdict: null, state }} /> {stateSentence({ kind: 'run', state })}
      </p>
      {windowMs !== null && elapsedMs !== null && state === 'running' && (
        <p class="bar-of-time">
          <progress max={windowMs} value={Math.min(windowMs, elapsedMs)} aria-label="Time of the plan" />
          {clock(elapsedMs)} of {clock(windowMs)}
          {elapsedMs > windowMs && ', started conversations continue'}
        </p>
      )}
      <Numbers live={live} />
      {live.seconds.length > 0 && <Charts live={live} />}
    </>
  );
}

/** Name, value and tone. */
type Fact = readonly [name: string, value: string, tone: string];

function factsOf(live: LiveAnswer): readonly Fact[] {
  const {
    sent,
    planned,
    settled,
    inFlight,
    oldestMs,
    conversations,
    spent,
    price,
    errors,
    violations,
    recent,
    breakers,
    faults,
  } = live;
  const failed = errors.reduce((sum, [, times]) => sum + times, 0);
  return [
    ['Turns sent', planned === null ? count(sent) : `${count(sent)} of at most ${count(planned)}`, ''],
    ['Settled', count(settled), ''],
    ['In flight', `${count(inFlight)}${oldestMs === null ? '' : `, the oldest for ${duration(oldestMs)}`}`, ''],
    ['Conversations', `${count(conversations.started)} started, ${count(conversations.ended)} ended`, ''],
    [`Last ${recent.seconds} s`, recentText(recent), ''],
    [
      'Errors',
      failed === 0 ? 'none' : `${count(failed)} (${errors.map(([name, n]) => `${name} ×${count(n)}`).join(', ')})`,
      failed > 0 ? 'fail' : '',
    ],
    ['Violations', violations === 0 ? 'none' : plural(violations, 'turn'), violations > 0 ? 'fail' : ''],
    [
      'Spent',
      `${plural(spent, 'user turn')}${price === null ? '' : `, ${(spent * price.perTurn).toFixed(2)} ${price.currency}`}`,
      '',
    ],
    ...(breakers.length > 0 ? [['Stopped', `circuit breaker: ${breakers.join(', ')}`, 'fail'] as const] : []),
    ...(faults > 0 ? [['Faults', plural(faults, 'harness fault'), 'fail'] as const] : []),
  ];
}

function Numbers({ live }: { live: LiveAnswer }): VNode {
  return (
    <dl class="numbers">
      {factsOf(live).map(([name, value, tone]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class={tone} data-fact={name}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function recentText({ turns, seconds, p50, p95 }: LiveAnswer['recent']): string {
  if (turns === 0) return 'no turn settled';
  const level = (value: number | null): string => (value === null ? 'no answer' : duration(value));
  return `p50 ${level(p50)}, p95 ${level(p95)}, ${perSecond(turns / seconds)}`;
}

function Charts({ live: { seconds } }: { live: LiveAnswer }): VNode {
  const at = seconds.map(({ second }) => second);
  const latest = seconds.at(-2) ?? seconds.at(-1);
  const of = (pick: (second: LiveAnswer['seconds'][number]) => number | null) => seconds.map(pick);
  return (
    <div class="charts">
      <Chart
        title="Turns per second"
        label={`Turns sent and settled per second; latest: ${latest?.sent ?? 0} and ${latest?.settled ?? 0}.`}
        seconds={at}
        unit={(value) => `${Number(value.toPrecision(2))}/s`}
        lines={[
          { name: 'sent', color: 'p50', values: of(({ sent }) => sent) },
          { name: 'settled', color: 'unsure', dashed: true, values: of(({ settled }) => settled) },
        ]}
      />
      <Chart
        title="Latency of user turns"
        label={`p50 and p95 of the turns settled in each second; latest: ${latest?.p95 == null ? 'none' : duration(latest.p95)}.`}
        seconds={at}
        unit={duration}
        lines={[
          { name: 'p95', color: 'unsure', dashed: true, values: of(({ p95 }) => p95) },
          { name: 'p50', color: 'p50', values: of(({ p50 }) => p50) },
        ]}
      />
      <Chart
        title="In flight"
        label={`Turns in flight at the end of each second; latest: ${latest?.inFlight ?? 0}.`}
        seconds={at}
        unit={(value) => String(Number(value.toPrecision(2)))}
        lines={[{ name: 'turns', color: 'p50', values: of(({ inFlight }) => inFlight) }]}
      />
      <Chart
        title="Errors and violations per second"
        label={`Failed turns and turns with violations; latest: ${latest?.errors ?? 0} and ${latest?.violations ?? 0}.`}
        seconds={at}
        unit={(value) => String(Number(value.toPrecision(2)))}
        lines={[
          { name: 'errors', color: 'fail', values: of(({ errors }) => errors) },
          { name: 'violations', color: 'unsure', dashed: true, values: of(({ violations }) => violations) },
        ]}
      />
    </div>
  );
}
