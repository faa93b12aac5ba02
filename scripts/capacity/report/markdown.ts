import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import type { Forecast } from '../../../contracts/generated/forecast.ts';
import {
  blocks,
  code,
  list,
  type Markdown,
  markdownDocument,
  md,
  quotes,
  table,
} from '../../foundation/text/markdown.ts';
import { capacitySteps } from './next-steps.ts';
import { MORE_NOTE, moreCells, moreHeader, planningFacts, planningSentence } from './planning-text.ts';
import { sensitivityTable } from './sensitivity-table.ts';
import { headlineOf } from './sentences.ts';
import { answerOf, capacityFacts, levelCells, levelHeader } from './text.ts';
import { warningsOf } from './warnings.ts';

/** The report of a search as GitHub-flavoured Markdown. */
export function renderCapacityMarkdown(result: CapacityResult): string {
  const { capacity, forecast } = result;
  const { header, rows } = sensitivityTable(result);
  return markdownDocument(
    md`## Capacity: ${answerOf(capacity)}`,
    md`${headlineOf(result)}`,
    quotes(warningsOf(result).map((warning) => md`**warning**: ${warning}`)),
    next(result),
    facts(capacityFacts(capacity)),
    forecast && planning(forecast),
    section('Levels', levelHeader(capacity), levelCells(capacity)),
    section('Other objectives, from the same turns', header, rows),
  );
}

function next(result: CapacityResult): Markdown | undefined {
  const steps = capacitySteps(result);
  return steps.length === 0 ? undefined : list(steps.map(({ what, command }) => md`${what}: ${code(command)}`));
}

function planning(forecast: Forecast): Markdown {
  return blocks(
    md`### Planning`,
    md`${planningSentence(forecast)}`,
    facts(planningFacts(forecast)),
    columns(moreHeader, moreCells(forecast)),
    md`${MORE_NOTE}`,
  );
}

const facts = (pairs: readonly (readonly [string, string])[]): Markdown => table(['', ''], pairs, 'll');

const columns = (header: readonly string[], rows: readonly (readonly string[])[]): Markdown =>
  table(header, rows, 'l'.repeat(header.length));

function section(title: string, header: readonly string[], rows: readonly (readonly string[])[]): Markdown | undefined {
  return rows.length === 0 ? undefined : blocks(md`### ${title}`, columns(header, rows));
}
