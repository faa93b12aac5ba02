import type {
  Coverage,
  Distribution,
  DriftProblem,
  DriftResult,
  Finding,
  Untested,
} from '../../../contracts/generated/findings.ts';
import { expectedText, observedText } from '../../foundation/text/facts.ts';
import { count, plural, share } from '../../foundation/text/format.ts';
import { INSECURE } from '../../foundation/text/target.ts';
import { isFailing } from '../verdict.ts';

const MOST_RULES = 4;

/** Why the verdict is what it is: the rules of the findings that fail the check, or why there is no evidence. */
export function headlineOf({ verdict, findings, judge, problems }: DriftResult): string {
  const failing = findings.filter((finding) => isFailing(finding, judge));
  const others = findings.length - failing.length;
  if (failing.length === 0) {
    const [problem] = problems;
    if (verdict === 'no-evidence' && problem !== undefined) return `The check is incomplete: ${problemText(problem)}.`;
    return others === 0 ? 'No finding.' : `${plural(others, 'finding')}; none fails the check.`;
  }
  const rules = [...new Set(failing.map(({ rule }) => rule))];
  const more = rules.length > MOST_RULES ? [`${rules.length - MOST_RULES} more`] : [];
  const named = [...rules.slice(0, MOST_RULES), ...more].join(', ');
  const rest = others === 0 ? '' : ` ${plural(others, 'other finding does', 'other findings do')} not fail it.`;
  return `${plural(failing.length, 'finding fails', 'findings fail')} the check: ${named}.${rest}`;
}

/** Problems that the headline does not give. */
export const problemsBesides = ({ verdict, problems }: DriftResult): string[] =>
  (verdict === 'no-evidence' ? problems.slice(1) : problems).map(problemText);

export function frequencyOf({ frequency: { k, n, ci95 }, statistics }: Finding): string {
  if (statistics !== undefined) {
    const { nights, baselines } = statistics;
    return `${n} replies${nights === undefined ? '' : ` of ${nights} checks`}, against ${baselines} baselines`;
  }
  return `${k} of ${n} (${share(ci95[0] ?? 0)} to ${share(ci95[1] ?? 1)})`;
}

/** In a line: what the contract says, and what came. */
export function differenceOf({ expected, observed, statistics }: Finding): string {
  if (statistics !== undefined) return distributionOf(statistics);
  return `expected ${expectedText(expected)}; observed ${observedText(observed)}`;
}

/** In a line: a statistic of the replies against that of the baselines, or what would have been shown. */
export function distributionOf({
  metric,
  unit,
  nights,
  baseline,
  observed,
  effect,
  detectable,
  holm,
  differs,
}: Distribution): string {
  const size = (value: number): string =>
    unit === 'ratio' ? `x${value.toPrecision(3)}` : `${(100 * value).toFixed(1)} points`;
  const level = (value: number): string => (unit === 'ratio' ? value.toPrecision(3) : share(value));
  const over = nights === undefined ? '' : ` in the mean of ${nights} checks`;
  const levels = `${metric} ${level(observed)}${over}, in the baselines ${level(baseline)}`;
  return differs
    ? `${levels}: ${size(effect)}, p ${holm.toPrecision(2)}`
    : `${levels}: no significant difference; ${size(detectable)} would have been detected with 80% probability`;
}

/** The statistics, or why there are none. */
export function distributionLines({ distributions, replies }: DriftResult): string[] {
  if (distributions.length > 0) return distributions.map(distributionOf);
  return replies === null
    ? []
    : ['not tested: distributions, which need five accepted baselines with the same questions'];
}

/** What the check could have seen, from the probes of user turns. */
export function reachOf({ counts: { userTurns }, coverage }: DriftResult): string {
  const n = coverage.filter(isUserTurn).reduce((sum, one) => sum + one.n, 0);
  if (n === 0) return 'no user turn was judged: there is no evidence';
  const least = share(1 - 0.01 ** (1 / n));
  return `${n} of ${userTurns} user turns were judged: a violation in at least ${least} of them would have been detected with 99% probability`;
}

/** What was requested, and what became of it. */
export function requestsOf({ counts: { requests, unanswered, outages, visibleLate } }: DriftResult): string {
  return `${plural(requests, 'request')}: ${count(unanswered)} unanswered, ${plural(outages, 'outage')}, ${plural(visibleLate, 'conversation')} visible only after a delay`;
}

/** Why a check covers less than planned. */
export function problemText({ code, chain, detail = '', judged = 0, needed = 0 }: DriftProblem): string {
  switch (code) {
    case 'interrupted':
      return 'interrupted: not all probes were sent';
    case 'ledger-without-end':
      return 'the ledger has no end: not all probes were sent';
    case 'harness-fault':
      return `${chain === undefined ? 'the harness' : `chain ${chain}`} failed: ${detail}`;
    case 'turns-unjudged':
      return `only ${judged} of ${plural(needed, 'user turn')} could be judged`;
  }
}

/** What was not tested, and why. */
export function untestedText({ kind, condition, code, status }: Untested): string {
  const which = condition === undefined ? '' : `, ${condition}`;
  return `${probeName(kind)}${which}: ${UNTESTED[code]}${status === undefined ? '' : ` (${status})`}`;
}

const UNTESTED: Readonly<Record<Untested['code'], string>> = {
  'no-revoked-key': 'needs a revoked key, FINI_REVOKED_KEY',
  'no-read-key': 'needs a key of scope read only, FINI_READ_KEY',
  'no-write-key': 'needs a key of scope write only, FINI_WRITE_KEY',
  'no-other-workspace': 'needs another workspace, FINI_OTHER_KEY and FINI_OTHER_BOT_ID',
  'no-tagged-agent': 'needs an agent whose events carry tags, FINI_TAGGED_BOT_ID',
  'tls-not-verified': INSECURE,
  refused: 'refused, and the reference does not describe the request',
  'no-answer': 'there was no answer',
  decided: 'each of the first turns violated the contract in the same way',
  'service-gone': 'the service did not answer',
  'conversation-unknown': 'its conversation is not known',
  'no-events': 'no turn was answered with events',
  'valid-turns-only':
    'a run sends only valid turns; it does not test refusals, access, reading back, paging and removal',
};

/** What a probe is about; the plan and the result know its kind by letters, such as `A5r`. */
export const probeName = (kind: string): string => PROBES.find(([letters]) => letters.test(kind))?.[1] ?? kind;

const PROBES: readonly (readonly [RegExp, string])[] = [
  [/^TLS$/, 'certificate'],
  [/^A/, 'access'],
  [/^B$/, 'agents'],
  [/^D/, 'removal'],
  [/^G$/, 'reading back'],
  [/^LP$/, 'paging parameters'],
  [/^P$/, 'paging'],
  [/^L/, 'listing'],
  [/^(N\d|X2|OPT)/, 'request'],
  [/^[A-Z]$/, 'turn'],
];

const USER_KINDS = ['U', 'C', 'O', 'K', 'M', 'W', 'X', 'H', 'N'];
const isUserTurn = ({ kind }: Coverage): boolean => USER_KINDS.includes(kind);

/** Conversations that somebody has to remove. */
export function leftLines({ leftBehind = [], tidied = true }: DriftResult): string[] {
  return [
    ...(tidied ? [] : ['conversations of the probes may remain: List conversations did not show them at the end']),
    ...(leftBehind.length === 0 ? [] : [`not removed, because the service refused: ${leftBehind.join(', ')}`]),
  ];
}
