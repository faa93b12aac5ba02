import { dirname } from 'node:path';
import type { Capacity, CapacityResult } from '../../../contracts/generated/capacity.ts';
import type { Forecast } from '../../../contracts/generated/forecast.ts';
import { count, duration, perSecond, perSecondOf, plural, share } from '../../foundation/text/format.ts';
import { stacked, textTable } from '../../foundation/text/table.ts';
import { textLines } from '../../foundation/text/terminal.ts';
import { capacitySteps } from './next-steps.ts';
import { MORE_NOTE, moreCells, moreHeader, planningFacts, planningSentence } from './planning-text.ts';
import { headlineOf, misfitSentence } from './sentences.ts';
import { warningsOf } from './warnings.ts';

/** What a search says on a terminal: the answer, its numbers, its levels. */
export function renderCapacityText(result: CapacityResult, { reportPath }: { reportPath: string }): string {
  const { capacity, forecast } = result;
  const warnings = warningsOf(result).map((warning) => `warning: ${warning}`);
  const parts = [
    [headlineOf(result)],
    textTable(capacityFacts(capacity), 'll', 0),
    columns(levelHeader(capacity), levelCells(capacity)),
    ...(forecast === undefined ? [] : planningLines(forecast)),
    warnings,
    [
      ...capacitySteps(result).map(
        ({ what, command }) => `Next: ${what}: ${command.replace('<folder>', dirname(reportPath))}`,
      ),
      `Report: ${reportPath}`,
    ],
  ];
  return textLines(parts.filter((part) => part.length > 0).flatMap((part) => ['', ...part]));
}

/** The rate, or what stands in its place. */
export function answerOf({ lambdaCert, lambdaHat, limitReached, threshold, boundary }: Capacity): string {
  if (lambdaCert !== null) return `${limitReached === false ? 'At least ' : ''}${perSecondOf(lambdaCert, 'turns')}`;
  if (boundary === 'rate-limiter' && threshold !== null) return `Limited to ${perSecondOf(threshold, 'turns')}`;
  if (lambdaHat !== null) return `About ${perSecondOf(lambdaHat, 'turns')}`;
  return NO_RATE[boundary] ?? 'Not known';
}

/** Why there is no rate. */
const NO_RATE: Readonly<Partial<Record<Capacity['boundary'], string>>> = {
  infeasible: 'No rate meets the SLO',
  'ill-posed': 'Independent of the rate',
  drifting: 'The service changed meanwhile',
  unstable: 'No steady rate',
};

/** Name and value of each number that matters; text, Markdown and page show the same. */
export function capacityFacts(capacity: Capacity): readonly (readonly [string, string])[] {
  const { lambdaHat, lambdaHatCI90, lambdaCert, goodputAtCert, conversations } = capacity;
  const { limitReached, serviceTime, errors, cost } = capacity;
  const facts: [string, string | false | null | undefined][] = [
    ['SLO', capacity.slo.text],
    [
      'Certified rate',
      lambdaCert === null
        ? capacity.feasible != null && 'none yet'
        : `${limitReached === false ? 'at least ' : ''}${perSecondOf(lambdaCert, 'turns')} (90% confidence)`,
    ],
    ['Most likely', lambdaHat !== null && perSecondOf(lambdaHat, 'turns')],
    ['90% interval', lambdaHatCI90?.map(perSecond).join(' to ')],
    ['Method', methodFact(capacity)],
    ['Good turns at the certified rate', goodputAtCert !== null && perSecond(goodputAtCert)],
    [
      'Conversations',
      conversations.perSecond !== null &&
        `${perSecond(conversations.perSecond)}, of ${conversations.turnsEach.toFixed(1)} user turns each`,
    ],
    ['Concurrent conversations', conversations.concurrent !== null && count(conversations.concurrent)],
    ['Rate limiter accepts', thresholdFact(capacity)],
    [
      'Latency without load',
      serviceTime &&
        `mean ${duration(serviceTime.meanMs)}, p95 ${duration(serviceTime.p95Ms)}, coefficient of variation ${serviceTime.cv.toFixed(2)}`,
    ],
    ['Saturated throughput', saturationFact(capacity)],
    [
      'Failed turns',
      errors.upper === null
        ? null
        : `${errors.k} of ${count(errors.n)} (at most ${share(errors.upper)}, 95% confidence)`,
    ],
    [
      'Spent',
      `${plural(capacity.requests, 'user turn')} of ${count(capacity.budget)}${cost === null ? '' : `, ${cost.amount.toFixed(2)} ${cost.currency}`}`,
    ],
    ['Scalability law', uslFact(capacity)],
    ['Arrivals', `Poisson, seed ${capacity.seed}`],
  ];
  return facts.filter((fact): fact is [string, string] => typeof fact[1] === 'string');
}

function methodFact(capacity: Capacity): string | null {
  const { method, service, misfit, sd } = capacity;
  const within = sd == null ? '' : `, standard deviation ${share(sd)}`;
  if (method === 'levels')
    return `${levelsBy(capacity)}${misfit == null ? '' : ` (${misfitSentence(misfit)})`}${within}`;
  if (method !== 'likelihood' || service == null) return null;
  const atOnce = service.parallel === null ? 'all turns at once' : `${plural(service.parallel, 'turn')} at once`;
  const slower = service.slowdown === 0 ? '' : `, each slowing the others by ${share(service.slowdown)}`;
  return `likelihood of all turns: ${atOnce}${slower}${within}`;
}

/** By what a rate is told that likelihood does not tell. */
function levelsBy({ limitReached, levels }: Capacity): string {
  if (limitReached === false) return 'turns in flight that met the objective';
  return levels.length === 0 ? 'saturation and latency without load; no level tested it' : 'bad turns of each level';
}

function thresholdFact({ threshold, thresholdCI90 }: Capacity): string | null {
  if (threshold === null) return null;
  const between = thresholdCI90 == null ? '' : ` (90% interval ${thresholdCI90.map(perSecond).join(' to ')})`;
  return `${perSecondOf(threshold, 'turns')}${between}`;
}

function saturationFact({ xMax, xMaxCI90, cEff }: Capacity): string | null {
  if (xMax === null) return null;
  const between = xMaxCI90 == null ? '' : ` (90% interval ${xMaxCI90.map(perSecond).join(' to ')})`;
  return `${perSecond(xMax)}${between}, like ${plural(cEff ?? 0, 'answer')} at a time`;
}

function uslFact({ usl }: Capacity): string | null {
  if (usl === null) return null;
  if (usl.concurrencyAtPeak === null) return 'no significant fall of throughput with more turns in flight';
  return `throughput falls beyond ${count(usl.concurrencyAtPeak)} turns in flight`;
}

const PURPOSES: Readonly<Record<Capacity['levels'][number]['purpose'], string>> = {
  search: 'search',
  repeat: 'repeat of the first level',
  calm: 'low load',
  ramp: 'ramp',
};

/** The levels by rate, as cells. */
export function levelCells({ levels }: Capacity): string[][] {
  return [...levels]
    .sort((a, b) => a.lambda - b.lambda)
    .map((level) => [
      perSecond(level.lambda),
      count(level.n),
      `${share(level.pBad)} [${share(level.ci[0] ?? 0)}, ${share(level.ci[1] ?? 1)}]`,
      level.p95Ms === null ? 'none' : duration(level.p95Ms),
      level.inFlight.toFixed(1),
      level.deff.toFixed(1),
      [PURPOSES[level.purpose], ...(level.aborted ? ['ended early'] : []), ...(level.growing ? ['backlog'] : [])].join(
        ', ',
      ),
    ]);
}

/** A column that needs a word. */
export const CLUSTERING =
  'Clustering is the design effect: bad turns cluster, so intervals are as wide as those of that many times fewer independent turns.';

export const levelHeader = ({ slo }: Capacity): string[] => [
  'Rate',
  'Turns',
  'Bad [95% interval]',
  `p${Number((100 * slo.quantile).toFixed(2))}`,
  'In flight',
  'Clustering',
  'Purpose',
];

const planningLines = (forecast: Forecast): string[][] => [
  [planningSentence(forecast)],
  textTable(planningFacts(forecast), 'll', 0),
  [...columns(moreHeader, moreCells(forecast)), MORE_NOTE],
];

function columns(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return rows.length === 0
    ? []
    : textTable(
        [header, ...rows].map((row) => row.map(stacked)),
        'l'.repeat(header.length),
        0,
      );
}
