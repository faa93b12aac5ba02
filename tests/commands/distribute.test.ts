import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Plan } from '../../contracts/generated/plan.ts';
import { main } from '../../scripts/main.ts';
import { scratch } from '../cli/scratch.ts';
import { distributed, ENV, HOST } from '../distribute/made-cluster.ts';
import { recordedIo } from '../io.ts';

describe('distribute', () => {
  it('takes its defaults from its flags, on a command line as documented', async () => {
    const cwd = scratch();
    const io = recordedIo({ cwd, env: ENV });
    const line = ['--runners', '3', '--rate', '6', '--duration', '60s', '--secret-name', 'my-key', '--out', 'cluster'];
    const target = ['--base-url', `https://${HOST}`, '--confirm-target', HOST, '--no-build'];
    const before = Date.now();
    expect(await main(['distribute', 'load', ...line, ...target], io), io.said().err).toBe(0);
    const plan = JSON.parse(readFileSync(join(cwd, 'cluster/files/run.json'), 'utf8')) as Plan;
    expect(plan.startAt).toBeGreaterThanOrEqual(before + 600_000);
    expect(readFileSync(join(cwd, 'cluster/test-run.yaml'), 'utf8')).toContain('name: my-key');
  });

  it.each([
    ['grafana/k6:2.2.0', '--summary-mode'],
    ['registry.example.com:5000/grafana/k6:1.8.1', '--no-summary'],
    ['registry.example.com:5000/k6', '--summary-mode'],
    [`grafana/k6:1.8.1@sha256:${'9'.repeat(64)}`, '--no-summary'],
    [`grafana/k6@sha256:${'1'.repeat(64)}`, '--summary-mode'],
  ])('silences the k6 of %s as its version needs', async (runnerImage, flag) => {
    const { files } = await distributed({ runnerImage });
    expect(files['test-run.yaml']).toContain(`- ${flag}`);
  });

  it.each([
    {
      what: 'a reference server of its own',
      over: { embedded: true },
      config: {},
      exitCode: 2,
      message: /cannot reach a reference server/,
    },
    {
      what: 'a loopback host',
      over: { baseUrl: 'http://127.0.0.1:8787' },
      config: {},
      exitCode: 2,
      message: /the machine of each runner/,
    },
    {
      what: 'strategy pool',
      over: {},
      config: { continuation: { strategy: 'pool' } },
      exitCode: 2,
      message: /use discover or single/,
    },
    {
      what: 'fewer conversations than runners',
      over: { conversations: 2 },
      config: {},
      exitCode: 2,
      message: /--runners 2/,
    },
    {
      what: 'no Secret',
      over: { secretName: '' },
      config: {},
      exitCode: 2,
      message: /--secret-name takes a Kubernetes name/,
    },
    { what: 'a Secret in capitals', over: { secretName: 'Key' }, config: {}, exitCode: 2, message: /got Key/ },
    {
      what: 'a storage class that is no name',
      over: { storageClass: 'fast nfs' },
      config: {},
      exitCode: 2,
      message: /--storage-class takes a Kubernetes name/,
    },
    {
      what: 'an image that is none',
      over: { harnessImage: 'My Image' },
      config: {},
      exitCode: 2,
      message: /--harness-image takes an image/,
    },
    {
      what: 'a k6 that is too old',
      over: { runnerImage: 'grafana/k6:0.49.0' },
      config: {},
      exitCode: 2,
      message: /contains k6 0\.49\.0; supported: /,
    },
    { what: 'a start at once', over: { startIn: 0 }, config: {}, exitCode: 2, message: /--start-in takes a time from/ },
    { what: 'a start in years', over: { startIn: 1e15 }, config: {}, exitCode: 2, message: /from 10s to 168h/ },
    { what: 'lanes that do not divide', over: {}, config: { lanes: 4 }, exitCode: 2, message: /multiple of 3/ },
    {
      what: 'a host that nobody confirmed',
      over: { confirmTarget: undefined },
      config: {},
      exitCode: 7,
      message: /--confirm-target api\.example\.com/,
    },
  ])('refuses $what', async ({ over, config, exitCode, message }) => {
    await expect(distributed(over, config)).rejects.toMatchObject({
      exitCode,
      message: expect.stringMatching(message),
    });
  });
});
