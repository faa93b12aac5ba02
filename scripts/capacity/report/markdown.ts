import { markdownTable } from 'markdown-table';
import type { CapacityResult } from '../../../contracts/generated/capacity.ts';
import { capacityFacts, levelCells, levelHeader, sensitivityTable } from './text.ts';

/** The report of a search as GitHub-flavoured Markdown. */
export function renderCapacityMarkdown({ headline, capacity }: CapacityResult): string {
  const { header, rows } = sensitivityTable(capacity);
  const sections = [
    `## Capacity: ${capacity.boundary}`,
    plain(headline),
    capacity.warnings.map((warning) => `> **warning**: ${plain(warning)}`).join('\n>\n'),
    markdownTable([['', ''], ...capacityFacts(capacity).map((fact) => fact.map(plain))]),
    capacity.levels.length === 0 ? '' : `### Levels\n\n${table(levelHeader(capacity), levelCells(capacity))}`,
    rows.length === 0 ? '' : `### Other objectives, from the same turns\n\n${table(header, rows)}`,
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  markdownTable([header, ...rows].map((row) => row.map(plain)));

const plain = (text: string): string => text.replace(/[<>&|*_`]/g, (character) => `\\${character}`);
