import type { Outcome } from '../../../contracts/generated/ledger.ts';
import type { Subject } from './subjects.ts';

/** What the harness calls a turn that went wrong; `status` is 0 and there is no violation unless it says so. */
export interface Call {
  readonly outcome: Outcome;
  readonly status?: number;
  readonly rule?: string;
}

/** Exit codes that are right; several where chance decides which requests of a few go wrong. */
type Codes = readonly number[];

/** What is to become of a fault. */
export interface Expectation {
  readonly call: Call;
  /** Exit codes at 5 %, and at 100 %. */
  readonly exit: Readonly<Record<Subject['kind'], readonly [Codes, Codes]>>;
  /** Of requests, where the usual one is too short for the fault to show. */
  readonly timeout?: string;
  /** Flags that ask for less, where every request goes wrong. */
  readonly less?: Partial<Record<Subject['kind'], readonly string[]>>;
}

const PASS: Codes = [0];
const GATE: Codes = [3];
const CONTRACT: Codes = [4];
const UNKNOWN: Codes = [6];
/** The key is refused, or the target is away. */
const REFUSED: Codes = [8];
/** An audit looks again, and another sample of a few goes wrong then. */
const MAYBE: Codes = [0, 6];
/** A search meets so few turns that a fault of 5 % may end it at once, or hardly show. */
const SEARCH: Codes = [3, 6];
/** As above, or taken for a limiter whose rate is told. */
const LIMITER: Codes = [0, 3, 6];

type Exits = Expectation['exit'];

/** An error that the contract allows. */
const ERROR: Exits = {
  run: [GATE, GATE],
  drift: [CONTRACT, CONTRACT],
  capacity: [SEARCH, GATE],
  audit: [MAYBE, UNKNOWN],
};
/** Load, or a proxy: no word of the contract, and no answer to judge. */
const OUTAGE: Exits = { ...ERROR, drift: [[0, 6], UNKNOWN] };
/** Where nothing that is asked of it is answered, a check takes the service for gone. */
const GONE: Exits = { ...OUTAGE, drift: [[0, 6], REFUSED] };
/** As above; a check that sees the connection end in the middle twice, between answers, calls it a broken answer. */
const BROKEN: Exits = { ...GONE, drift: [[0, 4, 6], REFUSED] };
const LIMITED: Exits = { ...OUTAGE, capacity: [LIMITER, UNKNOWN] };
const VIOLATION: Exits = {
  run: [CONTRACT, CONTRACT],
  drift: [CONTRACT, CONTRACT],
  capacity: [CONTRACT, CONTRACT],
  audit: [MAYBE, UNKNOWN],
};
/** What an audit, which looks at events only, can read all the same. */
const READABLE: Exits = { ...VIOLATION, audit: [PASS, PASS] };
/** What becomes of a sound service; a search as small as these may end before it knows its capacity. */
export const SOUND: Exits = { run: [PASS, PASS], drift: [PASS, PASS], capacity: [MAYBE, MAYBE], audit: [PASS, PASS] };

const answered = (status: number, rule?: string): Call => ({ outcome: 'answered', status, ...(rule && { rule }) });
const LOST: Call = { outcome: 'lost' };
const TIMED_OUT: Call = { outcome: 'timed-out' };
const key = (status: number): Expectation => ({
  call: answered(status),
  exit: { ...ERROR, run: [REFUSED, REFUSED], capacity: [REFUSED, REFUSED] },
});
const undocumented = (status: number): Expectation => ({
  call: answered(status, 'undocumented-status'),
  exit: VIOLATION,
});

/** Every fault of the reference server. */
export const EXPECTATIONS: Readonly<Record<string, Expectation>> = {
  'status-400': { call: answered(400), exit: ERROR },
  'status-401': key(401),
  'status-403': key(403),
  'status-404': undocumented(404),
  'status-406': undocumented(406),
  'status-408': undocumented(408),
  'status-409': undocumented(409),
  'status-422': undocumented(422),
  'status-429': { call: answered(429), exit: LIMITED },
  'status-500': { call: answered(500), exit: ERROR },
  'status-502': { call: answered(502), exit: OUTAGE },
  'status-503': { call: answered(503), exit: { ...OUTAGE, capacity: [LIMITER, GATE] } },
  'status-504': { call: answered(504), exit: OUTAGE },
  'rate-limited': { call: answered(429), exit: LIMITED },
  'status-500-stored': { call: answered(500), exit: ERROR },
  'wrong-envelope': { call: answered(500, 'error-property-removed'), exit: VIOLATION },
  'gateway-page': { call: answered(502), exit: OUTAGE },
  'reset-before': { call: LOST, exit: BROKEN },
  'reset-after': { call: LOST, exit: BROKEN },
  silence: { call: TIMED_OUT, exit: GONE },
  'half-body': { call: LOST, exit: BROKEN },
  'stalled-body': { call: TIMED_OUT, exit: GONE },
  trickle: { call: TIMED_OUT, exit: GONE },
  'content-type-wrong': { call: answered(200, 'response-media-type-changed'), exit: READABLE },
  'content-type-missing': { call: answered(200, 'response-media-type-changed'), exit: READABLE },
  'html-200': { call: answered(200, 'response-media-type-changed'), exit: VIOLATION },
  'empty-body': { call: answered(200, 'body-not-json'), exit: VIOLATION },
  // No answer is too long for the contract, only for the generator: the load is no longer the planned one.
  'oversized-body': {
    call: answered(200),
    exit: { ...SOUND, run: [MAYBE, MAYBE], drift: [MAYBE, UNKNOWN] },
    timeout: '20s',
    // Making, sending and reading one takes a second or two.
    less: { run: ['--conversations', '10'], capacity: ['--budget', '30'] },
  },
  gzip: { call: answered(200), exit: SOUND },
  // k6 gives no status of it, so nobody knows whether it broke the contract of a 200.
  'gzip-broken': { call: LOST, exit: OUTAGE },
  'invalid-utf-8': { call: answered(200, 'body-not-utf8'), exit: READABLE },
  'duplicate-keys': { call: answered(200, 'json-duplicate-key'), exit: READABLE },
  late: { call: TIMED_OUT, exit: { ...OUTAGE, audit: [PASS, PASS] } },
};
