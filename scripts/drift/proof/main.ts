import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { markdownTable } from 'markdown-table';
import { random } from '../../../contracts/random.ts';
import { buildAll } from '../../build/all.ts';
import { findK6 } from '../../k6/provision.ts';
import { PACKAGE_ROOT } from '../../package-root.ts';
import { processIo } from '../../process-io.ts';
import { listDrifts } from '../../reference-server/index.ts';
import type { ShapeBaseline } from '../judge-shapes.ts';
import { CLASSES, confusion, type Outcome, outcomeOf } from './confusion.ts';
import { OF_TIME, UNSEEN } from './expectations.ts';
import { tryDrift } from './trial.ts';

/**
 * Holds the drift check against every operator of the reference server at 100 %, against those that 90 probes can show
 * at 5 % (`DRIFT_SEEDS` seeds each), and against legal variations drawn at random (`DRIFT_LEGAL` runs).
 */
const SEEDS = Number(process.env.DRIFT_SEEDS ?? 1);
const LEGAL = Number(process.env.DRIFT_LEGAL ?? 20);
const RARE = 0.05;
/** Kinds of exchanges of which a standard budget has at least 90. */
const OFTEN = [
  'U',
  'ANY',
  'POST',
  'TURN',
  'R',
  'G',
  'L',
  'B',
  'D',
  'N*',
  'A*',
  'N1',
  'N3',
  'N4',
  'N7',
  'A1',
  'A2',
  'A3',
  'A4',
  'A5',
];

await buildAll();
const { path: k6 } = await findK6(processIo());
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const faithful = await tryDrift(k6, { drifts: {}, seed: 1, budget: 'smoke' });
const baselines: ShapeBaseline[] = [{ runId: 'faithful', shapes: faithful.shapes, findings: [] }];
const operators = listDrifts().filter(({ id }) => !/^L\d/.test(id) && !(id in UNSEEN) && !OF_TIME.test(id));
const outcomes: Outcome[] = [];

for (const { id } of operators) {
  const result = await tryDrift(k6, { drifts: { [id]: { rate: 1 } }, seed: 1, budget: 'smoke', baselines });
  outcomes.push(outcomeOf(id, 1, 1, result));
}
for (const { id } of SEEDS === 0 ? [] : operators.filter(({ on }) => on.some((kind) => OFTEN.includes(kind)))) {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const result = await tryDrift(k6, { drifts: { [id]: { rate: RARE } }, seed, budget: 'standard', baselines });
    outcomes.push(outcomeOf(id, RARE, seed, result));
  }
}
const variations = listDrifts().filter(({ id }) => /^L\d/.test(id));
const legal: { readonly drifts: readonly string[]; readonly findings: readonly string[] }[] = [];
for (let seed = 1; seed <= LEGAL; seed++) {
  const next = random(seed, 42);
  // L13 gives a reply the time of its question, which L14 has moved by then, and moves it again: together they are no legal answer.
  const taken = variations.filter(() => next() < 0.3).map(({ id }) => id);
  const drawn = taken.filter((id) => id !== 'L13' || !taken.includes('L14'));
  const drifts = Object.fromEntries(drawn.map((id) => [id, { rate: 0.5 }]));
  const { findings } = await tryDrift(k6, { drifts, seed, budget: 'smoke', baselines });
  legal.push({ drifts: drawn, findings: findings.map(({ rule, template }) => `${rule} ${template}`) });
}

const sure = outcomes.filter(({ rate }) => rate === 1);
const rare = outcomes.filter(({ rate }) => rate !== 1);
const count = (list: readonly Outcome[], is: (one: Outcome) => boolean): string =>
  `${list.filter(is).length} of ${list.length}`;
const matrix = confusion(sure);
const rows = CLASSES.map((row) => [row, ...CLASSES.map((column) => String(matrix[row]?.[column] ?? 0))]);
say(markdownTable([['operator, found as', ...CLASSES], ...rows]));
for (const [name, list] of [
  ['at 100 %', sure],
  [`at 5 %, ${SEEDS} seeds`, rare],
] as const) {
  say(
    `${name}: found ${count(list, (one) => one.found)}, right class ${count(list, (one) => one.rightClass)}, right template ${count(list, (one) => one.rightTemplate)}, one finding ${count(list, (one) => one.single)}`,
  );
}
const accused = legal.filter(({ findings }) => findings.length > 0);
say(`legal variations: ${accused.length} of ${legal.length} runs with a finding`);
for (const { id, rate, rules } of outcomes.filter(
  (one) => !one.rightClass || !one.rightTemplate || (one.rate === 1 && !one.single),
)) {
  say(`  ${id} at ${rate}: ${rules.join(', ') || 'nothing'}`);
}
for (const { drifts, findings } of accused) say(`  ${drifts.join(', ')}: ${findings.join('; ')}`);

const out = join(PACKAGE_ROOT, 'results');
await mkdir(out, { recursive: true });
await writeFile(join(out, 'drift-proof.json'), `${JSON.stringify({ matrix, outcomes, legal }, null, 2)}\n`);
const isProven = sure.every((one) => one.rightClass && one.rightTemplate) && accused.length === 0;
process.exitCode = isProven ? 0 : 1;
