import type { ConversationScript } from '../../../contracts/generated/workload.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { type ConfigFlags, type FullConfig, loadConfig } from '../../../scripts/run/config/load.ts';
import type { PlanInput } from '../../../scripts/run/plan/plan-input.ts';
import { recordedIo } from '../../io.ts';

export const CONSTANT: Profile = {
  summary: 'constant',
  rate: 10,
  duration: '60s',
  stages: [
    { name: 'warm-up', share: 0.2, from: 1, to: 1, measured: false },
    { name: 'steady', share: 0.8, from: 1, to: 1, measured: true },
  ],
};

export const CHANGING: Profile = {
  summary: 'changing',
  rate: 10,
  duration: '60s',
  stages: [
    { name: 'rise', share: 0.5, from: 0, to: 2, measured: true },
    { name: 'rest', share: 0.25, from: 0, to: 0, measured: true },
    { name: 'fall', share: 0.25, from: 3, to: 1, measured: true },
  ],
};

export const SCRIPTS: [ConversationScript, ...ConversationScript[]] = [
  { id: 'one', turns: [{ content: 'one' }] },
  { id: 'three', weight: 2, turns: [{ content: 'a' }, { role: 'agent', content: 'b' }, { content: 'c' }] },
];

async function configOf(flags: ConfigFlags = {}): Promise<FullConfig> {
  return (await loadConfig({ flags }, recordedIo({ cwd: '/' }))).config;
}

export async function planInput(overrides: Partial<PlanInput> & { flags?: ConfigFlags } = {}): Promise<PlanInput> {
  const { flags, ...rest } = overrides;
  return {
    scenario: 'load',
    profile: CONSTANT,
    config: await configOf(flags),
    workload: { source: 'test', sha256: '0', conversations: SCRIPTS },
    target: { baseUrl: 'http://127.0.0.1:1', botId: 'bot', embedded: false },
    now: new Date('2026-01-31T09:30:00Z'),
    runId: 'run',
    ...rest,
  };
}
