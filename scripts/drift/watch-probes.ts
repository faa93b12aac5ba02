import { setTimeout as delay } from 'node:timers/promises';
import type { DriftLine } from '../../contracts/generated/drift-ledger.ts';
import type { DriftPlan } from '../../contracts/generated/drift-plan.ts';
import type { Io } from '../foundation/io.ts';
import { count, duration } from '../foundation/text/format.ts';
import { ledgerTail } from '../ledger/ledger-tail.ts';
import { stepMs, USUAL_ANSWER_MS } from './probe-times.ts';

const LINE_MS = 10_000;

/** Says at intervals how far the probes are, until `stop`. */
export function watchProbes(plan: DriftPlan, ledger: string, { err }: Pick<Io, 'err'>): { stop: () => Promise<void> } {
  const over = new AbortController();
  const progress = probeProgress(plan, Date.now());
  const tail = ledgerTail(ledger, (line) => progress.add(line as unknown as DriftLine));
  const watching = (async () => {
    while (!over.signal.aborted) {
      await delay(LINE_MS, undefined, { signal: over.signal }).catch(() => undefined);
      await tail.read();
      if (!over.signal.aborted) err(`${progress.text(Date.now())}\n`);
    }
  })().finally(tail.close);
  // A display that fails must not end a check that costs money; `stop` tells.
  watching.catch(() => undefined);
  return {
    stop: async () => {
      over.abort();
      await watching;
    },
  };
}

/** What is done of a plan, by its ledger: a step is, when it has its first line. */
export function probeProgress(
  { chains }: Pick<DriftPlan, 'chains'>,
  startedAt: number,
): { add: (line: DriftLine) => void; done: () => string; text: (at: number) => string } {
  const sizes = chains.map(({ steps }) => steps.map((step) => stepMs(step, USUAL_ANSWER_MS)));
  const whole = sizes.flat().reduce((sum, ms) => sum + ms, 0);
  const steps = sizes.flat().length;
  const seen = new Set<string>();
  let done = 0;
  const doneText = (): string => `${count(seen.size)} of ${count(steps)} probes done`;
  return {
    add: (line) => {
      if (line.kind !== 'exchange' && line.kind !== 'skipped') return;
      const [key, size] = [`${line.chain}/${line.step}`, sizes[line.chain]?.[line.step]];
      if (size === undefined || seen.has(key)) return;
      seen.add(key);
      done += size;
    },
    done: doneText,
    text: (at) => {
      const left = done === 0 ? '' : `, about ${duration(((at - startedAt) * (whole - done)) / done)} left`;
      return `${doneText()}${left}`;
    },
  };
}
