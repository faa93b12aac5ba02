import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../scripts/run/config/load.ts';
import { CONFIG_FILE } from '../../../scripts/run/config/read-config-file.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';
import { analyseLedgers, laneLines, type MadeTurn, plan, spread, VIOLATION } from '../made-run.ts';

const p50 = { metric: 'latency.p50', op: '<', limit: '2s' };

describe('a gate on the median alone', () => {
  const gates = async () =>
    (await loadConfig({ flags: {} }, recordedIo({ cwd: scratch({ [CONFIG_FILE]: { gates: [p50] } }) }))).config.gates;

  it.each<[string, (i: number) => Partial<MadeTurn>, number]>([
    ['every answer breaks the contract', () => ({ violations: [VIOLATION] }), 4],
    ['40 % fail at once', (i) => (i % 5 < 2 ? { status: 500, durationMs: 3 } : {}), 3],
    ['all fail', () => ({ status: 500, durationMs: 3 }), 3],
  ])('fails where %s', async (_, each, exitCode) => {
    const { result } = await analyseLedgers(plan(await gates()), [laneLines(spread(400, each))]);
    expect(result).toMatchObject({ verdict: 'fail', exitCode });
    expect(result.gates.find(({ metric }) => metric === 'latency.p50')?.verdict).not.toBe('fail');
  });
});
