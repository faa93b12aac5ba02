import { parseMetric, SELECTORS, type Selector } from '../../../contracts/gate-metric.ts';
import type { Plan } from '../../../contracts/generated/plan.ts';
import { usageError } from '../../foundation/errors.ts';
import { didYouMean } from '../../foundation/nearest.ts';

/**
 * A gate on turns that a run does not send could only have no evidence.
 * @throws HarnessError (2) that suggests the nearest name
 */
export function assertKnownSelectors({ gates, stages, workload, scenario }: Plan): void {
  const scripts = workload.conversations;
  const known: Readonly<Record<Selector, readonly string[]>> = {
    stage: stages.map(({ name }) => name),
    role: [...new Set(scripts.flatMap(({ turns }) => turns.map(({ role = 'user' }) => role)))],
    language: [...new Set(scripts.flatMap(({ language }) => language ?? []))],
    script: scripts.map(({ id }) => id),
  };
  for (const { metric } of gates) {
    const where = parseMetric(metric)?.where ?? {};
    for (const selector of SELECTORS) {
      const name = where[selector];
      if (name === undefined || known[selector].includes(name)) continue;
      const place = selector === 'stage' ? `scenario ${scenario}` : `workload ${workload.source}`;
      const hint = didYouMean(name, known[selector]) || `; there ${listed(known[selector])}`;
      throw usageError(`gate ${metric}: ${place} has no ${selector} ${name}${hint}`);
    }
  }
}

const MOST_NAMES = 20;

function listed(names: readonly string[]): string {
  if (names.length === 0) return 'is none';
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${names.length === 1 ? 'is' : 'are'} ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}
