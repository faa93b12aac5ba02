import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { claim } from '../../../scripts/run/admission/claim.ts';

// Enters and leaves a lock so many times, and says so in a journal; one that is to die does so in the middle, inside.
const [folder = '', name = '', rounds = '0', fate = 'live'] = process.argv.slice(2);
const journal = join(folder, 'journal');
for (let round = 0; round < Number(rounds); round += 1) {
  const lock = await claim(join(folder, 'lock'), { what: name, lengthMs: 60_000, waitMs: 60_000 });
  appendFileSync(journal, `in ${name}\n`);
  if (fate === 'die' && round === Math.floor(Number(rounds) / 2)) process.kill(process.pid, 'SIGKILL');
  appendFileSync(journal, `out ${name}\n`);
  await lock.release();
}
