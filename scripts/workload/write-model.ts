import type { Arrivals, ArrivalsWarning } from '../../contracts/generated/arrivals.ts';
import type { Redact } from '../../contracts/redact.ts';
import { HARNESS_VERSION } from '../foundation/package-root.ts';
import { modelPaths } from '../run/workload/model-paths.ts';
import { writeWhole } from '../secrets/write-whole.ts';
import { arrivalLaw, hourlySeries } from './arrival-law.ts';
import type { Bank } from './bank.ts';
import { channelName, OTHER_CHANNEL } from './channel-name.ts';
import { namedShares, ratioEstimate } from './estimate.ts';
import { learntScripts } from './learnt-scripts.ts';
import type { KeepText, Observed } from './observed.ts';
import { HOUR_MS, type Tally } from './tally.ts';

/** What was learnt, and from what. */
export interface Learnt {
  readonly tally: Tally;
  readonly source: LearntSource;
  readonly warnings: readonly ArrivalsWarning[];
}

interface LearntSource {
  readonly kind: Arrivals['source']['kind'];
  /** Epoch ms. */
  readonly since: number;
  readonly until: number;
  readonly agent?: string | undefined;
  readonly channel?: string | undefined;
}

export interface ModelOptions {
  /** Scripts in the model at most. */
  readonly scripts: number;
  readonly seed: number;
  readonly out: string;
}

export interface ModelTask {
  readonly bank: Bank;
  /** Where the texts of customers are kept. */
  readonly keep?: KeepText | undefined;
  readonly redact: Redact;
}

/** Writes a model: scripts of the shapes of conversations, and the law of their arrivals. */
export async function writeModel(
  learnt: Learnt,
  { out, seed }: Pick<ModelOptions, 'out' | 'seed'>,
  { bank, redact, keep }: ModelTask,
): Promise<Arrivals> {
  const paths = modelPaths(out);
  const arrivals = arrivalsOf(learnt, bank);
  const scripts = learntScripts(withoutRareLanguages(learnt.tally), bank, seed).map((script) =>
    keep === undefined ? script : { ...script, customerText: true as const },
  );
  await writeWhole(paths.workload, scripts.map((script) => `${JSON.stringify(script)}\n`).join(''), redact);
  await writeWhole(paths.arrivals, `${JSON.stringify(arrivals)}\n`, redact);
  return arrivals;
}

/** Of a channel or a language: what is rare may tell of one customer. */
const LEAST = 5;

const withoutRareLanguages = ({ sample, languages }: Tally): Observed[] =>
  sample.map((item) => ((languages.get(item.language) ?? 0) >= LEAST ? item : { ...item, language: 'und' }));

function arrivalsOf({ tally, source, warnings }: Learnt, bank: Bank): Arrivals {
  const { kind, since, until, agent = null, channel } = source;
  const series = hourlySeries(tally.hours, since, until);
  const languages = namedShares(tally.languages, (_, k) => k >= LEAST, 'und');
  const foreign = languages.filter(({ name }) => name !== 'und' && !bank.speaks(name)).map(({ name }) => name);
  return {
    version: 2,
    harness: HARNESS_VERSION,
    learntAt: new Date().toISOString(),
    source: {
      ...{ kind, since: new Date(since).toISOString(), until: new Date(until).toISOString(), agent },
      channel: channel === undefined ? null : channelName(channel),
    },
    conversations: tally.counts,
    hours: { from: new Date(series.from * HOUR_MS).toISOString(), counts: [...series.counts] },
    ...arrivalLaw(series),
    shape: {
      turns: ratioEstimate(tally.turns),
      pauseMs: ratioEstimate(tally.pauses),
      cappedPauses: tally.cappedPauses,
      chars: ratioEstimate(tally.chars),
      roles: namedShares(tally.roles, () => true, 'other'),
      languages,
      channels: namedShares(tally.channels, (_, k) => k >= LEAST, OTHER_CHANNEL),
    },
    warnings: [
      ...warnings,
      ...(series.counts.length === 0 ? [{ code: 'no-whole-hour' } as const] : []),
      ...(foreign.length === 0 ? [] : [{ code: 'languages-missing', languages: foreign } as const]),
    ],
  };
}
