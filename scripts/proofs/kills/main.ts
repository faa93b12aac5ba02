import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../../../contracts/random.ts';
import { findK6 } from '../../k6/provision.ts';
import { processIo } from '../../process-io.ts';
import { kill, VICTIMS, type Victim } from './kill.ts';

/** SIGKILL to one process of a run at a random moment, `--times` over, seeded: nothing settled is lost, and nothing is left behind. */
const LATEST_MS: Record<Victim, number> = {
  k6: 2_500,
  harness: 6_000,
  'harness-with-server': 6_000,
  service: 6_000,
};
const { values } = parseArgs({
  options: { times: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const { path: k6 } = await findK6(processIo());
const next = random(Number(values.seed), 0x6b);
let hits = 0;
let failures = 0;
for (let time = 0; time < Number(values.times); time++) {
  const victim = VICTIMS[time % VICTIMS.length] ?? 'k6';
  const afterMs = Math.round(next() * LATEST_MS[victim]);
  const cwd = await mkdtemp(join(tmpdir(), 'fini-kills-'));
  const { wasThere, exitCode, remains, wrong } = await kill({ victim, moment: { afterMs }, cwd, k6 });
  await rm(cwd, { recursive: true });
  if (wasThere) hits += 1;
  if (wrong.length > 0) failures += 1;
  const left = remains === undefined ? 'no run' : `${remains.sent} sent, ${remains.settled} settled`;
  console.log(
    `${wrong.length === 0 ? 'ok  ' : 'NOT '} ${victim} after ${afterMs} ms${wasThere ? '' : ' (not there)'}: exit code ${exitCode ?? '-'}, ${left}`,
  );
  for (const line of wrong) console.log(`     ${line}`);
}
console.log(`${values.times} runs, ${hits} of them hit, ${failures} not as they should be`);
process.exit(failures === 0 ? 0 : 1);
