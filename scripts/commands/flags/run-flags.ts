import { NOTIFY_FLAG, RESULT_JSON_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';
import { PLAN_FLAGS, SCENARIO } from './load-flags.ts';

export const runFlags = flagTable({
  arguments: SCENARIO,
  flags: {
    ...PLAN_FLAGS,
    out: { type: 'folder', help: 'folder for the results', fallback: 'results/<time>-<scenario>' },
    confirmTarget: { type: 'host', help: 'allow more than a smoke test to this remote host' },
    ...RESULT_JSON_FLAG,
    ...NOTIFY_FLAG,
    audit: { type: 'switch', help: 'compare what the service stored with what it answered' },
    cleanup: { type: 'switch', help: 'remove the conversations of this run at the end' },
    keepTexts: {
      type: 'percent',
      least: 0,
      most: 100,
      help: 'store the redacted texts of this share of turns, and of every turn with a violation, for view',
    },
    packLedger: { type: 'switch', help: 'compress the ledger (gzip) when the run has ended' },
    view: { type: 'switch', help: 'show the run in a browser while it runs' },
    quiet: { type: 'switch', help: 'no live progress' },
  },
  rest: 'k6 options',
  examples: [
    'fini-harness run smoke',
    'fini-harness run load --rate 2 --duration 10m --confirm-target api-prod.usefini.com',
    'fini-harness run load --concurrency 20 --max-turns 500 --base-url http://127.0.0.1:8787',
    'fini-harness run load --rate 40 --runners 4',
    'fini-harness run load --json > result.json',
    'fini-harness run load -- --out json=samples.json',
  ],
});

export type RunOptions = OptionsOf<typeof runFlags>;
