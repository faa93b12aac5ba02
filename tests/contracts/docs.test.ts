import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { FAILING_CLASSES, VIOLATION_CLASSES } from '../../contracts/violation.ts';
import { readSchemas } from '../../scripts/k6/build/contract-schemas.ts';
import { assumptionRows, rowsBetween, ruleRows } from './tables.ts';

let page: string;
beforeAll(async () => {
  page = await readFile(new URL('../../docs/contract.md', import.meta.url), 'utf8');
});

describe('docs/contract.md', () => {
  test('shows the table of rules', () => expect(rowsBetween(page, 'rules')).toEqual(ruleRows()));

  test('shows every assumption of the schemas', async () =>
    expect(rowsBetween(page, 'assumptions')).toEqual(assumptionRows(await readSchemas())));

  test('shows every class, and which of them fail a run', () => {
    const rows = [...page.matchAll(/^\| (\w+) +\| [^|]+ \| (fails the run|is reported) +\|$/gm)];
    expect(rows.map(([, name]) => name)).toEqual([...VIOLATION_CLASSES]);
    const failing = rows.filter(([, , effect]) => effect === 'fails the run').map(([, name]) => name);
    expect(failing).toEqual([...FAILING_CLASSES]);
  });
});
