import { flagTable, type OptionsOf } from './flag-table.ts';

export const serveFlags = flagTable({
  flags: {
    port: { type: 'setting', value: 'n', numeric: true, help: 'port on 127.0.0.1', fallback: 'any free one' },
    seed: { type: 'setting', value: 'n', numeric: true, help: 'the same seed and requests give the same answers' },
    service: {
      type: 'text',
      value: 'law',
      help: 'reply time: constant:300, exponential:300, log-normal:300:0.6, empirical:<file>',
    },
    parallel: {
      type: 'number',
      whole: true,
      least: 1,
      help: 'replies generated at the same time; others queue',
      fallback: 'no limit',
    },
    drift: {
      type: 'text',
      value: 'id[=rate]',
      many: true,
      help: 'apply this drift to this share of answers (repeatable)',
    },
    fault: {
      type: 'text',
      value: 'id[=rate]',
      many: true,
      help: 'inject this fault into this share of turns (repeatable)',
    },
    options: { type: 'file', help: 'JSON file with these and all other options, see docs/reference-server.md' },
    json: { type: 'switch', help: 'print one JSON object with url, ids and keys' },
    listDrifts: { type: 'switch', help: 'list the drifts and legal variations' },
    listFaults: { type: 'switch', help: 'list the faults' },
  },
  examples: [
    'fini-harness serve',
    'fini-harness serve --port 8787 --service log-normal:800:0.6 --parallel 8',
    'fini-harness serve --drift M046=0.05 --fault reset-after=0.01',
    'fini-harness serve --options server.json --json',
  ],
});

export type ServeOptions = OptionsOf<typeof serveFlags>;
