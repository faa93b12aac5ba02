import { markdownTable } from 'markdown-table';
import type { Replies } from '../../../contracts/generated/findings.ts';
import { random } from '../../../contracts/random.ts';
import { distributionsOf, MOST_NIGHTS } from '../../drift/baseline/distributions.ts';
import { type Reply, repliesOf } from '../../drift/baseline/replies.ts';
import { normalDraw } from '../../foundation/statistics/normal-draw.ts';
import { share } from '../../foundation/text/format.ts';

/**
 * After how many nights a service that became slower is found: nights of the standard budget, each compared with the
 * baselines together with the nights since, by the product's own code. Sends nothing.
 */
const SIMULATED = Number(process.argv[2] ?? 400);
const TURNS = 90;
const MS = 2_000;
/** Of the logarithm of one reply's latency, and of its length. */
const SD = 0.5;

interface Row {
  readonly baselines: number;
  /** Standard deviation of a night's mean, on the logarithmic scale. */
  readonly days: number;
  readonly factor: number;
}

const ROWS: readonly Row[] = [5, 10].flatMap((baselines) =>
  [0, 0.05, 0.1].flatMap((days) => [1, 1.2, 1.35, 1.5].map((factor) => ({ baselines, days, factor }))),
);

function night(seed: number, days: number, factor: number): Replies {
  const next = random(seed, 21);
  const day = days * normalDraw(next);
  const replies = Array.from({ length: TURNS }, (_, index): Reply => {
    const articles = next() < 0.4 ? 1 : 0;
    return {
      chars: Math.round(200 * Math.exp(SD * normalDraw(next))),
      text: `reply ${index}`,
      articles,
      article: articles === 0 ? undefined : `article ${Math.floor(next() * 10)}`,
      latencyMs: factor * MS * Math.exp(day + SD * normalDraw(next)),
      isFallback: next() < 0.03,
      isHandover: next() < 0.02,
      isInLanguage: next() < 0.98,
      isContinued: index % 3 === 0,
    };
  });
  return repliesOf('drift standard', replies) as Replies;
}

/** The night, from 1 on, at which one service was found slower; undefined: at none. */
function foundAt({ baselines, days, factor }: Row, seed: number): number | undefined {
  const base = 1_000 * seed;
  const accepted = Array.from({ length: baselines }, (_, index) => night(base + index, days, 1));
  const since: Replies[] = [];
  for (let count = 1; count <= MOST_NIGHTS; count++) {
    const now = night(base + 500 + count, days, factor);
    const found = distributionsOf(now, accepted, since);
    if (found.some(({ metric, differs }) => metric === 'reply.latency' && differs)) return count;
    since.push(now);
  }
  return undefined;
}

const rows = ROWS.map((row) => {
  const nights = Array.from({ length: SIMULATED }, (_, index) => foundAt(row, index + 1));
  const by = (count: number): string =>
    share(nights.filter((one) => one !== undefined && one <= count).length / SIMULATED);
  return [row.baselines, row.days, row.factor, ...[1, 2, 3, 5, MOST_NIGHTS].map(by)].map(String);
});
process.stdout.write(
  `${markdownTable([['baselines', 'nights vary by', 'latency x', 'after 1', '2', '3', '5', '7'], ...rows])}\n`,
);
