/** @jsxRuntime automatic @jsxImportSource preact */

import type { VNode } from 'preact';
import type { Little, Result } from '../../../contracts/generated/result.ts';
import { CUSTOMER_TEXT } from '../../foundation/text/customer-text.ts';
import {
  bytes,
  count,
  duration,
  exactDuration,
  interval,
  plural,
  share,
  shareOf,
} from '../../foundation/text/format.ts';
import { overlayName } from '../../foundation/text/overlay-name.ts';
import type { ReportModel } from '../model.ts';
import { RUNNER_HEAD, runnerCells } from '../runner-cells.ts';
import { Table } from './table.tsx';

/** Whether the harness did what the plan said, and what that plan was. */
export function RunFacts({ model }: { model: ReportModel }): VNode {
  const { result } = model;
  return (
    <section id="run">
      <h2>Generator and plan</h2>
      <p>
        {result.generator.valid
          ? 'The load was the planned one, so the numbers above are about the service.'
          : 'The load was not the planned one, so the numbers above are no evidence about the service.'}
      </p>
      <div class="pair">
        <Facts entries={generatorFacts(result)} />
        <Facts entries={planFacts(model)} />
      </div>
      {result.runners && <Table title="Runners" header={RUNNER_HEAD} rows={result.runners.map(runnerCells)} />}
    </section>
  );
}

type Entry = readonly [term: string, value: string | undefined];

function generatorFacts({ generator, window, complete, counts, little, requests }: Result): Entry[] {
  const { lateMs, late } = generator;
  const lateness = [lateMs.p50, lateMs.p95, lateMs.max].map((ms) => (ms === null ? '–' : duration(ms))).join(', ');
  return [
    ['Late starts (p50, p95, max)', lateness],
    ['Starts later than 50 ms', `${shareOf(late)} ${interval(late, share)}`],
    ['Processor', generator.cpuShare === undefined ? undefined : `${share(generator.cpuShare)} of the machine`],
    ['Peak memory', generator.peakMemoryBytes === undefined ? undefined : bytes(generator.peakMemoryBytes)],
    [
      'Time to the first request',
      generator.startToFirstRequestMs === undefined ? undefined : duration(generator.startToFirstRequestMs),
    ],
    ['Little’s law', little && littleOf(little)],
    ['Ledger', complete ? 'complete' : 'incomplete'],
    ['Measured window', `${duration(window.seconds * 1000)} of ${duration(window.lastedMs)}`],
    [
      'Conversations',
      Object.entries(counts.conversations)
        .map(([name, it]) => `${count(it)} ${name}`)
        .join(', '),
    ],
    ...requests.map(
      ({ operation, count: n, failed, meanMs }): Entry => [
        operation,
        `${plural(n, 'request')}, ${count(failed)} failed${meanMs === null ? '' : `, ${duration(meanMs)} on average`}`,
      ],
    ),
  ];
}

/** Turns in flight by time stamps and by rate times latency: near each other unless a clock or the ledger is wrong. */
function littleOf({ inFlight, rateTimesLatency, difference, tolerance }: Little): string {
  const [stamps, law] = [inFlight, rateTimesLatency].map((value) => value.toPrecision(3));
  return `${stamps} in flight, ${law} expected; ${share(difference)} apart, ${share(tolerance)} allowed`;
}

function planFacts({ result: { plan, target }, plan: { thinkTime, lanes, drainMs } }: ReportModel): Entry[] {
  return [
    [
      'Model',
      plan.model === 'closed'
        ? `closed, ${plan.concurrency == null ? '? conversations' : plural(plan.concurrency, 'conversation')}`
        : `open, ${plan.model} arrivals`,
    ],
    ['Highest rate', plan.rate === null ? undefined : `${plan.rate} conversations/s`],
    ['Planned', planned(plan)],
    ['Think time', `${thinkTime.law}, mean ${exactDuration(thinkTime.meanMs)}, cv ${thinkTime.cv}`],
    ['Timeout, drain', `${exactDuration(plan.timeoutMs)}, ${exactDuration(drainMs)}`],
    ['Continuation', plan.continuation],
    ['Workload', plan.customerText ? `${plan.workload} (${CUSTOMER_TEXT})` : plan.workload],
    ['Contract', plan.contract && overlayName(plan.contract)],
    ['Agent', target.botId],
    ['Seed, lanes', `${plan.seed}, ${lanes}`],
    ['Tools', `fini-harness ${plan.harness}${plan.k6 === undefined ? '' : `, k6 ${plan.k6}`}`],
  ];
}

function planned({ conversations, turns }: Result['plan']): string {
  const some = (value: number | null, noun: string) =>
    value === null ? `${noun}s until time is up` : plural(value, noun);
  return `${some(conversations, 'conversation')}, at most ${some(turns, 'turn')}`;
}

function Facts({ entries }: { entries: readonly Entry[] }): VNode {
  return (
    <dl class="ruled">
      {entries.map(([term, value]) =>
        value === undefined ? null : (
          <div>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}
