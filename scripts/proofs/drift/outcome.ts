import { problemText } from '../../drift/report/sentences.ts';
import { expectationOf } from './expectations.ts';
import { MUTATIONS } from './mutations/index.ts';
import type { TrialRun } from './trial.ts';
import type { PlannedTrial } from './trials.ts';

/** What one trial came to: one line of `drift-proof.ndjson`. */
export interface Outcome extends PlannedTrial {
  /** Of the code that ran it. */
  readonly revision: string;
  readonly findings: readonly { readonly rule: string; readonly class: string; readonly template: string }[];
  readonly problems: readonly string[];
  /** How often the operators acted, by the server's own count. */
  readonly acted: number;
  readonly requests: number;
  readonly wallMs: number;
  /** Of k6. */
  readonly cpuSeconds: number;
}

/** How right a trial of one operator was. */
export interface Marks {
  readonly rightClass: boolean;
  readonly rightTemplate: boolean;
  readonly single: boolean;
}

export function outcomeOf(
  trial: PlannedTrial,
  { result, acted, cpuSeconds }: TrialRun,
  { revision, wallMs }: Pick<Outcome, 'revision' | 'wallMs'>,
): Outcome {
  const findings = result.findings.map(({ rule, class: cls, template }) => ({ rule, class: cls, template }));
  const { problems, counts } = result;
  return {
    ...trial,
    revision,
    findings,
    problems: problems.map(problemText),
    acted,
    requests: counts.requests,
    wallMs,
    cpuSeconds,
  };
}

/** Holds the findings about one operator against what they must be. */
export function marksOf(id: string, findings: Outcome['findings']): Marks {
  const expected = MUTATIONS.find((one) => one.id === id)?.expected ?? expectationOf(id);
  const right = findings.filter((finding) => finding.class === expected.class);
  return {
    rightClass: right.length > 0,
    rightTemplate: right.some(({ template }) => expected.template.test(template)),
    single: findings.length === 1,
  };
}
