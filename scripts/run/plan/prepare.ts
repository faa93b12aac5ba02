import { resolve } from 'node:path';
import type { Config } from '../../../contracts/generated/config.ts';
import type { Plan, Target } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { usageError } from '../../foundation/errors.ts';
import type { Io } from '../../foundation/io.ts';
import { buildAll } from '../../k6/build/all.ts';
import { buildOwnScenarios } from '../../k6/build/own-scenarios.ts';
import { assertImpersonal, assertKeyless, fieldValues } from '../../secrets/plan-record.ts';
import { type ConfigFlags, type FullConfig, type LoadedConfig, loadConfig } from '../config/load.ts';
import { mixed } from '../workload/mix.ts';
import { modelPaths } from '../workload/model-paths.ts';
import { readWorkload } from '../workload/read.ts';
import { readArrivals } from '../workload/read-arrivals.ts';
import { configuredShape } from './configured-shape.ts';
import { assertKnownSelectors } from './gate-selectors.ts';
import { assertNothingLearnt, learntShape } from './learnt-shape.ts';
import { readDurations, readIds } from './listed.ts';
import { makePlan } from './make-plan.ts';
import { profileOf, readProfiles } from './profiles.ts';
import { withoutStarved } from './without-starved.ts';

export interface PrepareOptions {
  readonly scenario: string;
  readonly flags: ConfigFlags;
  /** Configuration file; without it the one in the working folder, where there is one. */
  readonly config?: string | undefined;
  /** One more configuration file, over the other one. */
  readonly over?: string | undefined;
  /** Whether to build contracts and scenarios first. */
  readonly build: boolean;
  /** Whether the configured gates judge what is planned; else they may be about turns that it does not send. */
  readonly isJudged?: boolean;
  /** In place of the configured one: a server that the harness started. */
  readonly target?: Target;
  /** k6 processes that share the load; one by default. */
  readonly runners?: number | undefined;
  /** Share of the turns whose bodies are kept; without it none are. */
  readonly keepTexts?: number | undefined;
}

export interface Prepared {
  readonly plan: Plan;
  readonly profile: Profile;
  readonly config: FullConfig;
  /** Whether a flag, a file or the environment names a base URL or a bot. */
  readonly namesService: boolean;
}

/**
 * From what the user typed to a plan; reads files, sends and writes nothing (but the build).
 * `plan.target.botId` is empty where none is configured: `requireBotId` before sending.
 * @throws HarnessError (2)
 */
export async function prepare(
  options: PrepareOptions,
  io: Pick<Io, 'env' | 'cwd' | 'guard' | 'insecureTls'>,
): Promise<Prepared> {
  if (options.build) {
    await buildAll();
    await buildOwnScenarios(io.cwd);
  }
  const scenario = profileOf(readProfiles(io.cwd), options.scenario);
  const { flags, config: path, over } = options;
  const loaded = await loadConfig({ flags, path, over, scenario: defaultsOf(scenario) }, io);
  const { files, namesService, contract } = loaded;
  const isLearnt = scenario.isLearnt === true;
  if (!isLearnt) assertNothingLearnt(options.scenario, flags);
  const { profile, config } = isLearnt
    ? learntShape(scenario, loaded.config, flags, await readArrivals(...learntFile('arrivals', loaded, io.cwd)))
    : configuredShape(scenario, loaded.config, flags);
  const read =
    isLearnt && files.workload === undefined
      ? readWorkload(...learntFile('workload', loaded, io.cwd))
      : readWorkload(files.workload, config.workload);
  const workload = mixed(await read, config.mix);
  io.guard.protectValues(fieldValues(workload, config.personalData?.fields ?? []));
  const ids = config.continuation.strategy === 'fixed' && files.ids ? await readIds(files.ids) : undefined;
  const thinkTimes =
    config.thinkTime.law === 'empirical' && files.thinkTimes ? await readDurations(files.thinkTimes) : undefined;
  const target = options.target ?? targetOf(config, io.insecureTls);
  const { runners, keepTexts } = options;
  const named = {
    runners,
    keepTexts,
    ...(ids && { ids }),
    ...(thinkTimes && { thinkTimes }),
    ...(contract && { contract }),
  };
  const made = makePlan({ scenario: options.scenario, profile, config, workload, target, ...named });
  const plan = withoutStarved(made, profile);
  if (options.isJudged !== false) assertKnownSelectors(plan);
  assertKeyless(plan, io.env);
  assertImpersonal(plan);
  return { profile, config, plan, namesService };
}

/** A file of the learnt model: its path, and as it is shown. */
function learntFile(
  kind: 'workload' | 'arrivals',
  { config: { learnt = 'workload' }, files }: LoadedConfig,
  cwd: string,
) {
  return [modelPaths(files.learnt ?? resolve(cwd, learnt))[kind], modelPaths(learnt)[kind]] as const;
}

const defaultsOf = ({ gates, isLearnt }: Profile): Pick<Config, 'gates' | 'arrivals'> => ({
  ...(gates === undefined ? {} : { gates: [...gates] }),
  ...(isLearnt === true ? { arrivals: 'dispersed' } : {}),
});

/** What a configuration names. */
export const targetOf = ({ baseUrl, botId = '' }: FullConfig, insecureTls: boolean): Target => ({
  baseUrl,
  botId,
  embedded: false,
  ...(insecureTls ? { insecureTls } : {}),
});

/** @throws HarnessError (2) when no agent is named */
export function requireBotId({ botId }: Target): void {
  if (botId === '') {
    throw usageError('no bot id: set FINI_BOT_ID, --bot-id, or botId in fini-harness.config.json');
  }
}
