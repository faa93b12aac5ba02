import { flagsOf } from './flag-table.ts';
import { settings } from './settings.ts';

/** Where the API is, and who answers. */
export const SERVICE_FLAGS = settings('baseUrl', 'botId');

/** Limits on what a command may spend. */
export const SPENDING_FLAGS = settings('maxTurns', 'maxCost', 'maxTurnsPerDay', 'maxCostPerDay');

export const CONFIG_FLAG = flagsOf({
  config: { type: 'file', help: 'configuration', fallback: 'fini-harness.config.json, if it exists' },
});

export const EMBEDDED_FLAG = flagsOf({
  embedded: { type: 'switch', help: 'send to the reference server, which is also the default without a key' },
});

export const BUILD_FLAG = flagsOf({
  build: { type: 'switch', default: true, help: 'do not rebuild the scenarios' },
});

export const RESULT_JSON_FLAG = flagsOf({
  json: { type: 'switch', help: 'result.json on stdout, everything else on stderr' },
});

export const NOTIFY_FLAG = flagsOf({
  notify: { type: 'text', value: 'url', help: 'post a short JSON message to this webhook unless the command passes' },
});

/** Where baselines are kept, from the working folder. */
export const BASELINES_FLAG = flagsOf({
  baselines: { type: 'folder', default: 'baselines', help: 'folder of the baselines' },
});
