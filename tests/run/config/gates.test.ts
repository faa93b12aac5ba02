import { describe, expect, it } from 'vitest';
import type { GateSetting } from '../../../contracts/generated/config.ts';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { loadConfig } from '../../../scripts/run/config/load.ts';
import { CONFIG_FILE } from '../../../scripts/run/config/read-config-file.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';

interface Sources {
  readonly gates?: unknown;
  readonly scenario?: GateSetting[];
  readonly over?: unknown;
}

async function load({ gates, scenario, over }: Sources) {
  const files = {
    [CONFIG_FILE]: gates === undefined ? {} : { gates },
    ...(over === undefined ? {} : { 'over.json': { gates: over } }),
  };
  const io = recordedIo({ cwd: scratch(files) });
  const sources = {
    flags: {},
    ...(scenario && { scenario: { gates: scenario } }),
    ...(over ? { over: 'over.json' } : {}),
  };
  return (await loadConfig(sources, io)).config;
}

const named = async (sources: Sources) => {
  const { gates, gatesOff } = await load(sources);
  return { gates: gates.map(({ metric, op, limit }) => `${metric} ${op} ${limit}`), off: gatesOff };
};

const P50 = { metric: 'latency.p50', op: '<', limit: '2s' } as const;
const LATENCY = ['latency.p95 < 15000', 'latency.p99 < 30000'];
const ALWAYS = ['errors.share <= 0.01', 'violations.count == 0', 'late.share <= 0.005'];

describe('gates of the configuration', () => {
  it.each<[string, Sources, string[], string[]]>([
    ['none', {}, [...LATENCY, ...ALWAYS], []],
    ['an empty list', { gates: [] }, [...LATENCY, ...ALWAYS], []],
    ['one more', { gates: [P50] }, [...LATENCY, ...ALWAYS, 'latency.p50 < 2000'], []],
    [
      'another limit',
      { gates: [{ metric: 'errors.share', op: '<', limit: '5%' }] },
      [...LATENCY, ...ALWAYS.slice(1), 'errors.share < 0.05'],
      [],
    ],
    [
      'an upper limit stays beside a lower one',
      { gates: [{ metric: 'errors.share', op: '>', limit: '5%' }] },
      [...LATENCY, ...ALWAYS, 'errors.share > 0.05'],
      [],
    ],
    [
      'a lower limit of a count stays beside none of it',
      { gates: [{ metric: 'violations.count', op: '>=', limit: 1 }] },
      [...LATENCY, ...ALWAYS, 'violations.count >= 1'],
      [],
    ],
    [
      'some turns only',
      { gates: [{ metric: 'errors.share{stage:rise}', op: '<', limit: '5%' }] },
      [...LATENCY, ...ALWAYS, 'errors.share{stage:rise} < 0.05'],
      [],
    ],
    [
      'one off',
      { gates: [{ metric: 'latency.p99', limit: 'off' }] },
      ['latency.p95 < 15000', ...ALWAYS],
      ['latency.p99'],
    ],
    [
      'a limit that is none',
      { gates: [{ metric: 'late.share', op: '<=', limit: '100%' }] },
      [...LATENCY, ...ALWAYS.slice(0, 2)],
      ['late.share'],
    ],
    [
      'those of a scenario in place of latency',
      { scenario: [{ metric: 'errors.share', op: '<=', limit: 0 }] },
      [...ALWAYS.slice(1), 'errors.share <= 0'],
      [],
    ],
    [
      'a scenario, and a configuration over it',
      {
        scenario: [{ metric: 'errors.share', op: '<=', limit: 0 }],
        gates: [P50, { metric: 'errors.share', limit: 'off' }],
      },
      [...ALWAYS.slice(1), 'latency.p50 < 2000'],
      ['errors.share'],
    ],
    [
      'one file over another',
      { gates: [P50, { metric: 'late.share', limit: 'off' }], over: [{ metric: 'late.share', op: '<', limit: '2%' }] },
      [...LATENCY, ...ALWAYS.slice(0, 2), 'latency.p50 < 2000', 'late.share < 0.02'],
      [],
    ],
  ])('%s', async (_, sources, gates, off) => {
    expect(await named(sources)).toEqual({ gates, off });
  });

  it.each([
    ['latency.p95', '8s', 8_000],
    ['latency.max', '2m', 120_000],
    ['waiting.p99.9', '1.5s', 1_500],
    ['latency.p50', 750.5, 750.5],
    ['errors.share', '1%', 0.01],
    ['errors.share', '0.25 %', 0.0025],
    ['goodput.share', 0.9, 0.9],
    ['violations.count', 3, 3],
  ])('takes %s < %j', async (metric, limit, value) => {
    const gate = (await load({ gates: [{ metric, op: '<', limit }] })).gates.at(-1);
    expect(gate).toEqual({ metric, op: '<', limit: value });
  });

  const at = (metric: string, limit: unknown, op = '<') => [{ metric, op, limit }];
  it.each<[unknown, RegExp]>([
    [at('errors.share', 5), /config.json: \/gates\/0\/limit must be a share .* got 5, which is 500%/],
    [at('errors.share', '101%'), /\/gates\/0\/limit must be a share/],
    [at('errors.share', '-1%'), /must be a share/],
    [at('errors.share', -0.1), /must be a share/],
    [at('goodput.share', '0.9'), /must be a share from 0% to 100%, such as "1%" or 0.01, got "0.9"/],
    [at('late.share', '8s'), /must be a share/],
    [at('latency.p95', '1%'), /must be a duration above 0 .* got "1%"/],
    [at('latency.p95', '8'), /must be a duration/],
    [at('latency.p95', '-8s'), /must be a duration/],
    [at('latency.p95', -1), /must be a duration/],
    [at('latency.p95', 0), /must be a duration/],
    [at('waiting.p95', '200h'), /at most 168h/],
    [at('latency.p95', 'NaN'), /must be a duration/],
    [at('latency.p95', null), /\/gates\/0\/limit must be/],
    [at('latency.p95', true), /\/gates\/0\/limit must be/],
    [at('violations.count', 0.5), /must be a number of turns/],
    [at('violations.count', '1%'), /must be a number of turns/],
    [at('violations.count', -1), /must be a number of turns/],
    [at('errors.share', 'Off'), /must be a share/],
    [at('errors.share', 0), /can never pass/],
    [at('goodput.share', 1, '>'), /can never pass/],
    [at('errors.share', 0, '>='), /can never fail: "limit": "off"/],
    [at('violations.count', 0, '>='), /can never fail/],
    [at('latency.p95', '8s', '!='), /\/gates\/0\/op must be one of/],
    [[{ metric: 'latency.p95', limit: '8s' }], /\/gates\/0\/op is missing/],
    [[{ metric: 'latency.p95', op: '<' }], /\/gates\/0\/limit is missing/],
    [at('latency.p59x', '8s'), /\/gates\/0\/metric must be one of .*; did you mean latency.p50\?/],
    [at('latncy.p95', '8s'), /did you mean latency.p95\?/],
    [at('latency.p95{lane:3}', '8s'), /selectors are stage, role, language and script/],
    [[{ ...P50, more: 1 }], /\/gates\/0\/more unknown key/],
    [[...at('late.share', '1%'), { metric: 'late.share', limit: 'off' }], /sets late.share and also turns it off/],
    [{ 'errors.share': 'off' }, /\/gates must be an array/],
    ['off', /\/gates must be an array/],
  ])('refuses %j', async (gates, message) => {
    const refused = expect(load({ gates })).rejects;
    await refused.toMatchObject({ exitCode: EXIT.usage });
    await refused.toThrow(message);
  });

  it('names a wrong gate of a file under another, and of a scenario', async () => {
    await expect(load({ gates: at('errors.share', 5), over: [P50] })).rejects.toThrow(/config.json: \/gates\/0\/limit/);
    await expect(load({ scenario: [{ metric: 'p95', op: '<', limit: 1 }] })).rejects.toThrow(
      /the scenario's \/gates\/0/,
    );
  });
});
