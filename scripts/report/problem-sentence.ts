import type { Problem, Result } from '../../contracts/generated/result.ts';
import { LATE_MS } from '../analysis/metrics/shares.ts';
import { count, duration, plural, share } from '../foundation/text/format.ts';
import { INSECURE } from '../foundation/text/target.ts';

/** A problem in words, without a full stop. */
export function problemSentence(problem: Problem | undefined, result: Result): string {
  if (problem === undefined) return '';
  return problem.runner === undefined
    ? sentence(problem, result)
    : `runner ${problem.runner}: ${sentence(problem, result)}`;
}

type Sentence = (problem: Problem, result: Result) => string;

/** Problems with numbers. */
const SENTENCES: { readonly [Code in Problem['code']]?: Sentence } = {
  'late-starts': ({ severity, count: some = 0 }, { generator: { late, lateShift }, plan }) => {
    const turns = late.value === null ? plural(some, 'turn') : `${share(late.value)} of turns`;
    const excluded = plan.model === 'closed' ? ': fewer turns were sent, and latencies do not include the delay' : '';
    const shift = lateShift === undefined ? excluded : `, which raises latencies by ${share(lateShift)}`;
    const effect = severity === 'invalid' ? ': the load was not the planned one' : shift;
    return `${turns} started more than ${LATE_MS} ms late${effect}`;
  },
  'turns-held': ({ count: some = 0 }) =>
    `${plural(some, 'turn')} held back after answers over 1 MB, because k6 holds each answer in memory: the load was not the planned one`,
  'little-mismatch': (_, { little }) =>
    little === undefined
      ? PROBLEMS['little-mismatch']
      : `${little.inFlight.toFixed(1)} turns in flight by time stamps, ${little.rateTimesLatency.toFixed(1)} by rate times latency: the clock, the ledger or the latencies are wrong`,
  'clock-set': ({ count: some = 0 }) =>
    `the clock was set back: by its times, ${plural(some, 'turn')} ended before they started`,
  'k6-killed': ({ detail }) => `k6 was ended by ${detail || 'the system'}`,
  'k6-failed': ({ exitCode, detail }) => `k6 ended with exit code ${exitCode ?? '?'}${detail ? `: ${detail}` : ''}`,
  'harness-fault': ({ detail = '' }) => `the harness failed: ${detail}`,
  'lane-missing': ({ count: some = 0 }, { plan }) => `${count(some)} of ${lanesOf(plan)} lanes did not end`,
  'runner-missing': ({ count: some = 0, detail = '' }, { runners = [] }) =>
    `no ledger of ${some === 1 ? 'runner' : 'runners'} ${detail} of ${count(runners.length)}: the turns that ${some === 1 ? 'it' : 'they'} sent are not known`,
  'clocks-differ': ({ count: some = 0 }) =>
    `the clocks of runners differ by at least ${duration(some)}: they did not send at the same time`,
  'conversations-missing': ({ count: some = 0 }) => `${plural(some, 'planned conversation')} did not start`,
  withheld: ({ count: some = 0 }) =>
    `${plural(some, 'planned conversation')} did not start: the service asked to wait (Retry-After)`,
  'breaker-open': ({ count: some = 0, detail = '' }, { plan }) =>
    `${count(some)} of ${lanesOf(plan)} lanes stopped sending: ${BREAKERS[detail] ?? detail}`,
  undiscovered: ({ count: some = 0 }, { requests }) => {
    const { count: asked = 0, failed = 0 } = requests.find(isListing) ?? {};
    const why = asked > 0 && failed === asked ? ': List conversations never answered with a page that k6 can read' : '';
    return `the id of ${plural(some, 'conversation')} was not found, so later turns were not sent${why}`;
  },
  'turns-cut': ({ count: some = 0 }) => `${plural(some, 'turn')} still in flight when the run ended`,
  'ledger-noise': ({ count: some = 0 }) =>
    `${plural(some, 'line is', 'lines are')} in the ledger that the harness did not write; none of its own lines is missing`,
  drained: ({ count: some = 0 }) =>
    `${plural(some, 'conversation was', 'conversations were')} still in progress at the end of the drain`,
  'conversations-shared': ({ count: some = 0 }) =>
    `the service stored ${plural(some, 'conversation')} in existing conversations, as if they had the same customer (\`customerEmail\`)`,
};

function sentence(problem: Problem, result: Result): string {
  return SENTENCES[problem.code]?.(problem, result) ?? PROBLEMS[problem.code];
}

const lanesOf = ({ lanes }: Result['plan']): string => (lanes === undefined ? 'the' : count(lanes));

const isListing = ({ operation }: Result['requests'][number]): boolean => operation === 'list-conversations';

/** Problems without numbers. */
const PROBLEMS: Readonly<Record<Problem['code'], string>> = {
  'late-starts': 'turns started late',
  'turns-held': 'turns were held back after very long answers',
  'little-mismatch': "Little's law does not hold: the clock, the ledger or the latencies are wrong",
  'clock-set': 'the clock was set back',
  'clocks-differ': 'the clocks of runners differ',
  'no-descriptors': 'the generator ran out of file descriptors: raise `ulimit -n`',
  interrupted: 'the run was interrupted',
  'k6-killed': 'k6 was ended from outside the harness',
  'k6-failed': 'k6 failed',
  'harness-fault': 'the harness failed',
  'lane-missing': 'lanes did not end',
  'runner-missing': 'runners without a ledger',
  'ledger-damaged': 'lines are missing from the ledger',
  'ledger-unwritable': 'the ledger could not be written; the disk may be full',
  'conversations-missing': 'planned conversations did not start',
  withheld: 'planned conversations did not start: the service asked to wait (Retry-After)',
  'breaker-open': 'lanes stopped sending',
  undiscovered: 'ids of conversations were not found, so later turns were not sent',
  'turns-cut': 'turns were still in flight when the run ended',
  'nothing-sent': 'no turn was sent',
  'tls-not-verified': INSECURE,
  'ledger-noise': 'the ledger contains lines that the harness did not write',
  drained: 'conversations were still in progress at the end of the drain',
  'conversations-shared':
    'the service stored conversations in existing ones, as if they had the same customer (`customerEmail`)',
  'backlog-growing': 'turns in flight kept growing: the service did not keep up with the rate',
  'no-steady-state': 'latency was not steady: percentiles mix several levels',
};

/** A problem of a run of which only the code is known. */
export const problemName = (code: Problem['code']): string => PROBLEMS[code];

/** Why lanes stop sending. */
const BREAKERS: Readonly<Record<string, string>> = {
  unauthorised: 'the service refuses the API key (401)',
  forbidden: 'the API key lacks a scope (403)',
  'rate-limited': 'the service limits the rate (429)',
  failing: 'the service keeps failing',
  unreachable: 'the target cannot be reached',
};
