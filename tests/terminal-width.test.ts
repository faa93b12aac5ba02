import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { beforeAll, describe, expect, it } from 'vitest';
import { TABLE_COLUMNS } from '../scripts/foundation/text/table.ts';
import { forTerminal } from '../scripts/foundation/text/terminal.ts';
import { wrapped } from '../scripts/foundation/text/wrap.ts';
import { main } from '../scripts/main.ts';
import type { ReportModel } from '../scripts/report/model.ts';
import { recordedIo } from './io.ts';
import { sampleRun, textOutputs } from './sample-outputs.ts';

let run: ReportModel;
beforeAll(async () => {
  run = await sampleRun();
});

const linesOf = (text: string): string[] => stripVTControlCharacters(forTerminal(text)).split('\n');
const isWide = (line: string): boolean => stringWidth(line) > TABLE_COLUMNS;
/** A row of a table: two gaps, or a wide one. */
const isRow = (line: string): boolean => /\S {2,}\S.*\S {2,}\S|\S {3,}\S/.test(line);
const isOneWord = (line: string): boolean => !line.trim().includes(' ');

function expectToFit(text: string): void {
  const lines = linesOf(text);
  expect(lines.filter((line) => isRow(line) && isWide(line))).toEqual([]);
  expect(linesOf(wrapped(text, TABLE_COLUMNS)).filter((line) => isWide(line) && !isOneWord(line))).toEqual([]);
}

const NAMES = [
  ['as they are', ''],
  ['of several words', ' of the second European region of the shop, with its own agent'],
  ['of one word', '-of-the-second-european-region-of-the-shop-with-its-own-agent'],
  ['without a mark', 'ofthesecondeuropeanregionoftheshopwithitsownagent'],
] as const;

describe.each(NAMES)('with names %s', (_, name) => {
  it.each(textOutputs(() => run))('the text of %s fits a terminal of 80 columns', (__, render) => {
    expectToFit(render(name));
  });

  it.each([
    ['plan', ['plan', 'stress']],
    ['drift --plan', ['drift', '--plan']],
    ['capacity --plan', ['capacity', '--plan', '--slo', 'p95<8s']],
  ])('%s fits it', async (__, argv) => {
    const cwd = mkdtempSync(join(tmpdir(), 'width-'));
    const env = { FINI_BASE_URL: `https://api.example/a${name.replaceAll(/[ ,]/g, '-')}`, FINI_BOT_ID: `bot${name}` };
    const io = recordedIo({ cwd, env });
    expect(await main(argv, io), io.said().err).toBe(0);
    expectToFit(io.said().out);
  });
});
