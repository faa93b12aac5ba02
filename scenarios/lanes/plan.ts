import { SharedArray } from 'k6/data';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { ConversationScript } from '../../contracts/generated/workload.ts';
import { forbiddenIn } from './forbidden.ts';

/** The plan without its two long parts, which lanes read an element at a time. */
export type Settings = Omit<Plan, 'schedule' | 'workload' | 'config'>;

// The only place that reads the environment. Shared arrays parse the plan once for all lanes, not once a lane.
const path = __ENV.FINI_PLAN;
if (path === undefined) throw new Error('FINI_PLAN names no plan: start scenarios with `fini-harness run`');
const read = (): Plan => JSON.parse(open(path)) as Plan;

const settingsOf = ({ schedule: _schedule, workload: _workload, config: _config, ...settings }: Plan): Settings =>
  settings;

const shared = new SharedArray<Settings>('settings', () => [settingsOf(read())]);

/** What every lane needs to know. */
export const settings: Settings = shared[0] as Settings;

/** Conversations of strategy pool that were prepared once for several runners; null where one could not be. */
export function preparedIds(): (string | null)[] | undefined {
  const { strategy, ids } = settings.continuation;
  return strategy === 'pool' ? ids?.map((id) => (id === '' ? null : id)) : undefined;
}

/** Intended starts in ms from time zero, one array a lane. */
export const schedule = new SharedArray<number[]>('schedule', () => read().schedule);

/** The scripts that conversations follow. */
export const scripts = new SharedArray<ConversationScript>('scripts', () => read().workload.conversations);

/** The weights of the scripts, without their texts. */
export const weights = new SharedArray<number>('weights', () =>
  read().workload.conversations.map((script) => script.weight ?? 1),
);

/** Bearer of every request; the one secret, never written anywhere. */
export const apiKey: string = __ENV.FINI_API_KEY ?? '';

/** Whether anybody sees k6's own metrics of the turns: an output that the user added. Who starts k6 by hand may look, too. */
export const keepsMetrics: boolean = __ENV.FINI_METRICS !== 'none';

/** What no line of the ledger may hold. */
export const forbidden = forbiddenIn(__ENV, [apiKey]);
