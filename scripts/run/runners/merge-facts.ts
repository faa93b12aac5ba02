import type { RunFacts } from '../../analysis/metrics/run-facts.ts';

/** Facts of the runners of one run on one machine, in their order: their CPU and memory add up. */
export function mergeRunnerFacts(facts: readonly RunFacts[]): RunFacts {
  const [k6] = facts.flatMap((each) => each.k6 ?? []);
  const cpuShare = sumOf(facts.map((each) => each.cpuShare));
  const peakMemoryBytes = sumOf(facts.map((each) => each.peakMemoryBytes));
  const problems = facts.flatMap(({ problems = [] }, index) => problems.map((it) => ({ ...it, runner: index + 1 })));
  return {
    ...(k6 === undefined ? {} : { k6 }),
    interrupted: facts.some(({ interrupted }) => interrupted === true),
    ...(cpuShare === undefined ? {} : { cpuShare }),
    ...(peakMemoryBytes === undefined ? {} : { peakMemoryBytes }),
    ...(problems.length === 0 ? {} : { problems }),
    runners: facts.map(({ cpuShare: cpu, peakMemoryBytes: memory }, index) => ({
      runner: index + 1,
      ...(cpu === undefined ? {} : { cpuShare: cpu }),
      ...(memory === undefined ? {} : { peakMemoryBytes: memory }),
    })),
  };
}

/** Undefined where one of them is not known. */
function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length < values.length ? undefined : known.reduce((sum, value) => sum + value, 0);
}
