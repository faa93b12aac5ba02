import type { Command as CommandLine } from 'commander';
import { usageError } from '../foundation/errors.ts';
import { examples, type Flags, numeric } from './command-entry.ts';

/** What `serve` was asked for. `server` holds options of the reference server, checked by it. */
export interface ServeOptions {
  /** JSON file of server options; flags win over it. */
  readonly options?: string | undefined;
  readonly server: Readonly<Record<string, unknown>>;
  /** One JSON object about the server on stdout, for programs. */
  readonly json: boolean;
  /** Show a table and serve nothing. */
  readonly list?: 'drifts' | 'faults' | undefined;
}

/** Rates by id. */
type Rates = Readonly<Record<string, number | string>>;

interface Parsed {
  readonly options?: string;
  readonly port?: number | string;
  readonly seed?: number | string;
  readonly service?: Record<string, unknown>;
  readonly parallel?: number | string;
  readonly drift?: Rates;
  readonly fault?: Rates;
  readonly listDrifts?: boolean;
  readonly listFaults?: boolean;
  readonly json: boolean;
}

export const serveFlags: Flags<ServeOptions> = {
  define: (line: CommandLine) => {
    line
      .option('--port <n>', 'port on 127.0.0.1 (default: any free one)', numeric)
      .option('--seed <n>', 'the same seed and requests give the same answers', numeric)
      .option(
        '--service <law>',
        'time that a reply takes: constant:300, exponential:300, log-normal:300:0.6, empirical:<file>',
        serviceLaw,
      )
      .option('--parallel <n>', 'replies generated at once, first come first served (default: no limit)', numeric)
      .option('--drift <id[=rate]>', 'depart from the documentation, at this share of the answers (repeatable)', rates)
      .option('--fault <id[=rate]>', 'go wrong, for this share of the turns (repeatable)', rates)
      .option('--options <file>', 'JSON file with these and all other options, see docs/reference-server.md')
      .option('--json', 'one JSON object with url, ids and keys on stdout', false)
      .option('--list-drifts', 'show the drifts and legal variations')
      .option('--list-faults', 'show the faults')
      .addHelpText(
        'after',
        examples(
          'fini-harness serve',
          'fini-harness serve --port 8787 --service log-normal:800:0.6 --parallel 8',
          'fini-harness serve --drift M046=0.05 --fault reset-after=0.01',
          'fini-harness serve --options server.json --json',
        ),
      );
  },
  read: (line) => {
    const { options, json, drift, fault, listDrifts, listFaults, ...server } = line.opts<Parsed>();
    return {
      options,
      json,
      list: listDrifts === true ? 'drifts' : listFaults === true ? 'faults' : undefined,
      server: { ...server, ...(drift && { drifts: drift }), ...(fault && { faults: fault }) },
    };
  },
};

/** `law:mean` or `law:mean:cv`, in ms; `empirical:file`. */
function serviceLaw(text: string): Record<string, unknown> {
  const [law = '', mean = '', cv] = text.split(':');
  if (law === 'empirical') return { law, file: text.slice('empirical:'.length) };
  if (mean === '') throw usageError(`--service ${text}: give a law and its mean in ms, such as exponential:300`);
  return { law, meanMs: numeric(mean), ...(cv === undefined ? {} : { cv: numeric(cv) }) };
}

/** `id` or `id=rate`, added to those before. */
function rates(text: string, before: Rates = {}): Rates {
  const [id = '', rate = '1'] = text.split('=');
  return { ...before, [id]: numeric(rate) };
}
