import { CONFIG_FLAG } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';
import { settings } from './settings.ts';

export const workloadFlags = flagTable({
  arguments: {
    action: {
      choices: ['learn', 'show', 'diff'],
      help: 'learn (from stored conversations or a file), show <model> or diff <model> <model>',
    },
    models: {
      optional: true,
      many: true,
      help: 'show, diff: folders or files of learnt models, other workloads, or built-in',
    },
  },
  flags: {
    from: {
      type: 'file',
      help: 'learn from a file: .csv, .tsv, .jsonl or .ndjson with conversation, timestamp, role and text; .har; folder or ledger of a run',
      fallback: 'the conversations that the service stores',
    },
    since: {
      type: 'text',
      value: 'time',
      help: 'learn from this period until now, or until the last message of the file: 12h, 28d or 8w',
      fallback: '28d; all of a file',
    },
    agent: { type: 'text', value: 'id', help: 'conversations of this agent only', fallback: 'all' },
    channel: { type: 'text', value: 'name', help: 'conversations of this channel only', fallback: 'all' },
    out: { type: 'folder', default: 'workload', help: 'folder for the model' },
    maxRequests: {
      type: 'number',
      whole: true,
      least: 1,
      default: 2_000,
      counts: 'requests',
      help: 'stop after this many requests (100 conversations each); the same command continues',
    },
    scripts: {
      type: 'number',
      whole: true,
      least: 1,
      most: 10_000,
      default: 500,
      counts: 'scripts',
      help: 'maximum number of scripts in the model, drawn at random from the conversations',
    },
    bank: {
      type: 'file',
      help: 'workload whose texts replace those of customers',
      fallback: 'the built-in one',
    },
    keepText: {
      type: 'switch',
      help: 'learn: keep the redacted texts of customers instead of those of the bank; needs --confirm-keep-text',
    },
    confirmKeepText: { type: 'switch', help: 'confirm that you may store texts of customers' },
    seed: { type: 'number', whole: true, least: 0, default: 1, help: 'seed of the draw of scripts and texts' },
    ...settings('baseUrl'),
    ...CONFIG_FLAG,
    confirmTarget: {
      type: 'host',
      help: 'allow sending the API key to this host, if FINI_BASE_URL does not name it',
    },
    markdown: { type: 'switch', help: 'diff: print Markdown' },
    html: { type: 'file', help: 'show, diff: also write a page with figures' },
    json: { type: 'switch', help: 'print JSON' },
  },
  examples: [
    'fini-harness workload learn --since 28d',
    'fini-harness workload learn --since 8w --channel chat --out workload/chat',
    'fini-harness workload learn --from export.csv',
    'fini-harness workload show workload --html workload.html',
    'fini-harness workload diff workload/before workload/after --html diff.html',
  ],
});

export type WorkloadOptions = OptionsOf<typeof workloadFlags>;
