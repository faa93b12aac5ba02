import { CRITERIA } from '../../compare/criteria.ts';
import { BASELINES_FLAG, NOTIFY_FLAG } from './common-flags.ts';
import { type FlagTable, flagsOf, flagTable, type OptionsOf } from './flag-table.ts';
import { LOAD_FLAGS } from './load-flags.ts';

const INTERLEAVE = 'With --interleave, where <baseline> and <candidate> are configuration files or base URLs:';

export const compareFlags = flagTable({
  arguments: {
    baseline: { optional: true, help: 'results of a run, a folder of such results, or the name of a baseline' },
    candidate: { optional: true, many: true, help: 'the same; several are treated as one candidate' },
  },
  flags: {
    tolerance: {
      type: 'percent',
      default: CRITERIA.tolerance,
      help: 'smallest increase of p95 that counts as a regression',
    },
    ...BASELINES_FLAG,
    markdown: { type: 'switch', help: 'print Markdown, for a comment on a pull request' },
    json: { type: 'switch', help: 'print the comparison as JSON' },
    html: { type: 'file', help: 'also write a page with figures' },
    ...NOTIFY_FLAG,
    interleave: {
      type: 'number',
      value: 'pairs',
      counts: 'pairs',
      whole: true,
      least: 2,
      most: 100,
      or: 'auto',
      help: `first execute this many pairs of runs, alternately; auto: short runs, until the outcome is decided`,
    },
    ...under(INTERLEAVE, {
      ...flagsOf({ scenario: { type: 'text', value: 'name', default: 'load', help: 'scenario of the runs' } }),
      ...LOAD_FLAGS,
      ...flagsOf({
        plan: { type: 'switch', help: 'show what the runs would send and cost; sends nothing' },
        confirmTarget: {
          type: 'host',
          many: true,
          help: 'allow sending to this remote host (repeatable)',
        },
        out: { type: 'folder', help: 'folder for the results', fallback: 'results/<time>-compare' },
        resume: { type: 'folder', help: 'continue an interrupted comparison' },
        quiet: { type: 'switch', help: 'no live progress' },
      }),
    }),
  },
  examples: [
    'fini-harness compare results/before results/after',
    'fini-harness compare main results/2026-01-31T09-30-00-load --markdown',
    'fini-harness compare --interleave auto --plan agent-a.json agent-b.json --rate 2',
    'fini-harness compare --interleave 10 --plan agent-a.json agent-b.json --rate 2 --duration 5m',
    'fini-harness compare --resume results/2026-01-31T09-30-00-compare',
  ],
});

export type CompareOptions = OptionsOf<typeof compareFlags>;

/** Flags in a part of the help of their own. */
function under<Flags extends FlagTable['flags']>(heading: string, flags: Flags): Flags {
  return Object.fromEntries(Object.entries(flags).map(([name, flag]) => [name, { ...flag, heading }])) as Flags;
}
