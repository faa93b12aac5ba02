import { markdownTable } from 'markdown-table';
import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import type { Forecast } from '../../../contracts/generated/forecast.ts';
import { MORE_NOTE, moreCells, moreHeader, planningFacts, planningSentence } from './planning-text.ts';
import { sensitivityTable } from './sensitivity-table.ts';
import { capacityFacts, levelCells, levelHeader } from './text.ts';

/** The report of a search as GitHub-flavoured Markdown. */
export function renderCapacityMarkdown(result: CapacityResult): string {
  const { headline, capacity, forecast } = result;
  const { header, rows } = sensitivityTable(result);
  const warnings = [...capacity.warnings, ...(forecast?.warnings ?? [])];
  const sections = [
    `## Capacity: ${capacity.boundary}`,
    plain(headline),
    warnings.map((warning) => `> **warning**: ${plain(warning)}`).join('\n>\n'),
    facts(capacityFacts(capacity)),
    ...(forecast === undefined ? [] : planning(forecast)),
    capacity.levels.length === 0 ? '' : `### Levels\n\n${table(levelHeader(capacity), levelCells(capacity))}`,
    rows.length === 0 ? '' : `### Other objectives, from the same turns\n\n${table(header, rows)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const planning = (forecast: Forecast): string[] => [
  `### Planning\n\n${plain(planningSentence(forecast))}`,
  facts(planningFacts(forecast)),
  table(moreHeader, moreCells(forecast)),
  MORE_NOTE,
];

const facts = (pairs: readonly (readonly [string, string])[]): string => table(['', ''], pairs);

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable([header, ...rows].map((row) => row.map(plain)));

const plain = (text: string): string => text.replace(/[<>&|*_`]/g, (character) => `\\${character}`);
