import { findK6 } from '../../k6/provision.ts';
import { processIo } from '../../process-io.ts';
import { tryDrift } from './trial.ts';

const k6 = (await findK6(processIo())).path;
const ids = ['L36', 'L39', 'L13', 'L06', 'L07', 'L23'];
const faithful = await tryDrift(k6, { drifts: {}, seed: 1, budget: 'smoke' });
const baselines = [{ runId: 'f', shapes: faithful.shapes, findings: [] }];
const run = async (w: number) => {
  for (let i = 0; i < 12; i++) {
    const seed = w * 100 + i;
    const r = await tryDrift(k6, {
      drifts: Object.fromEntries(ids.map((i) => [i, { rate: 0.5 }])),
      seed,
      budget: 'smoke',
      baselines,
    });
    if (r.findings.length || r.verdict !== 'pass')
      console.log(
        seed,
        JSON.stringify(r.findings.map((f) => [f.rule, f.template, f.location, f.frequency, f.expected, f.observed])),
        r.problems,
      );
  }
};
await Promise.all(Array.from({ length: 4 }, (_, w) => run(w)));
console.log('done');
