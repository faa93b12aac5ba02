import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fini, ledgerOf, resultOf, SHORT, scratch, sentOf, settledOf, writeConfig } from './support.ts';

const PEAK = Date.parse('2026-10-05T10:00:00Z');
const CONVERSATIONS = 7200;
const SAID = 'where is my parcel please';

/** One busy hour between two calm ones: two conversations a second, each of two turns a second apart. */
function history(): string {
  const lines = ['conversation,timestamp,role,text'];
  const add = (name: string, ms: number): void => {
    lines.push(`${name},${new Date(ms).toISOString()},user,${SAID}`);
  };
  for (const hours of [-1, 1.5, 2.5]) add(`calm${hours}`, PEAK + hours * 3_600_000);
  for (let number = 0; number < CONVERSATIONS; number += 1) {
    const startMs = PEAK + (number * 3_600_000) / CONVERSATIONS;
    add(`peak${number}`, startMs);
    add(`peak${number}`, startMs + 1000);
  }
  return `${lines.join('\n')}\n`;
}

it('a learnt workload is shown, and its busiest hour is run with its rate and its turns, without what customers said', async () => {
  const cwd = scratch();
  writeFileSync(join(cwd, 'export.csv'), history());
  const learnt = await fini(['workload', 'learn', '--from', 'export.csv'], { cwd });
  expect(learnt.exitCode, `${learnt.stdout}${learnt.stderr}`).toBe(0);
  const shown = await fini(['workload', 'show', 'workload'], { cwd });
  expect(shown.exitCode, `${shown.stdout}${shown.stderr}`).toBe(0);

  const config = writeConfig(cwd, { drain: '15s', timeout: '10s', gates: SHORT });
  // Four of the 3,600 seconds.
  const flags = ['--peak', '--speed', '900', '--embedded', '--config', config, '--out', 'run', '--quiet'];
  const ended = await fini(['run', 'day', ...flags], { cwd });
  expect(ended.exitCode, `${ended.stdout}${ended.stderr}`).toBe(0);
  const out = join(cwd, 'run');
  const lines = ledgerOf(out);
  const sent = sentOf(lines);
  expect(settledOf(lines)).toHaveLength(sent.length);
  // A Poisson count of mean 8 is between 2 and 20 but once in 2,000 seeds, and this seed is fixed.
  const conversations = new Set(sent.map(({ conversation }) => conversation)).size;
  expect(conversations).toBeGreaterThanOrEqual(2);
  expect(conversations).toBeLessThanOrEqual(20);
  expect(sent.length).toBeLessThanOrEqual(2 * conversations);
  expect(sent.some(({ turn }) => turn === 1)).toBe(true);
  expect(resultOf(out)).toMatchObject({ complete: true, scenario: 'day', verdict: 'pass' });
  expect(JSON.stringify(lines)).not.toContain(SAID);
});
