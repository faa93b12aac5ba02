import type { ReferenceServerOptions } from '../../reference-server/index.ts';
import { LEARNT_PEAK } from './learnt-peak.ts';

/** A command that meets a fault. */
export interface Subject {
  readonly name: string;
  readonly kind: 'run' | 'drift' | 'capacity' | 'audit';
  /** What runs before it, while nothing goes wrong. */
  readonly prelude?: readonly string[];
  /** What it needs in the configuration. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Files that it needs beside the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Its command line, without where the results go. */
  readonly args: readonly string[];
  /** The requests that go wrong; List agents works always, since nothing begins without it. */
  readonly routes: NonNullable<Exclude<NonNullable<ReferenceServerOptions['faults']>[string], number>['routes']>;
}

const run = (scenario: string, ...args: string[]): Subject => ({
  name: scenario,
  kind: 'run',
  args: ['run', scenario, ...args, '--quiet', '--no-build'],
  routes: ['generate-answer'],
});

const STORED: Subject['routes'] = ['list-conversations', 'get-conversation', 'delete-conversation'];

/** Every scenario and every command that sends, as small as a fault of 5 % still shows. */
export const SUBJECTS: readonly Subject[] = [
  run('smoke', '--conversations', '25'),
  run('load', '--rate', '25', '--duration', '2s'),
  run('stress', '--rate', '14', '--duration', '2s'),
  run('spike', '--rate', '20', '--duration', '2s'),
  run('soak', '--rate', '25', '--duration', '2s'),
  { ...run('day', '--learnt', '.', '--peak', '--speed', '1000'), files: LEARNT_PEAK },
  { ...run('stages'), config: { stages: [{ rate: 25, duration: '2s' }] } },
  {
    name: 'drift',
    kind: 'drift',
    args: ['drift', '--budget', '15', '--no-build'],
    routes: ['generate-answer', ...STORED],
  },
  {
    name: 'capacity',
    kind: 'capacity',
    args: [
      'capacity',
      '--slo',
      'p95<1s,errors<1%',
      '--budget',
      '350',
      '--no-saturate',
      '--max-rate',
      '100',
      '--no-build',
    ],
    routes: ['generate-answer'],
  },
  {
    name: 'audit',
    kind: 'audit',
    prelude: ['run', 'load', '--rate', '40', '--duration', '2s', '--quiet', '--no-build'],
    args: ['audit', '--visible-within', '100ms'],
    routes: STORED,
  },
];

/** Of every command: the judgement of what went wrong, not of how fast or how punctual this machine is. */
export const CONFIG = {
  // Patience enough for a busy machine, and short enough for faults that never answer.
  timeout: '1500ms',
  drain: '1500ms',
  thinkTime: { law: 'constant', mean: '20ms' },
  breaker: { failing: 5, rateLimited: 5, unreachable: 5 },
  gates: [
    { metric: 'errors.share', op: '<=', limit: 0.01 },
    { metric: 'violations.count', op: '==', limit: 0 },
    { metric: 'late.share', limit: 'off' },
    { metric: 'latency.p95', limit: 'off' },
    { metric: 'latency.p99', limit: 'off' },
  ],
} as const;
