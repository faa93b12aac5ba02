import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020.js';
import { expect } from 'vitest';
import type { Result } from '../../contracts/generated/result.ts';
import { analyseLedgers, laneLines, type MadeTurn, plan } from './made-run.ts';

const resultSchema: object = JSON.parse(readFileSync('contracts/files/result.schema.json', 'utf8'));
const isResult = new Ajv({ strict: false }).compile(resultSchema);

/** The result of a run of one lane, which its schema allows. */
export async function resultOf(turns: readonly MadeTurn[], of = plan()): Promise<Result> {
  const { result } = await analyseLedgers(of, [laneLines(turns)]);
  isResult(result);
  expect(isResult.errors ?? []).toEqual([]);
  return result;
}

export const measuredRow = (result: Result) => result.latency.find(({ stage }) => stage === 'measured');
