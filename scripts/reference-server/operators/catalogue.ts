import { closest } from 'fastest-levenshtein';
import { type OperatorSwitch, OptionsError, type Settings } from '../options.ts';
import type { ActiveOperator } from './active.ts';
import { DRIFTS } from './drifts/index.ts';
import { FAULTS } from './faults/index.ts';
import type { Kind } from './kind.ts';
import type { Operator } from './operator.ts';
import { VARIATIONS } from './variations/index.ts';

/** What a list of operators shows. */
export interface OperatorInfo {
  readonly id: string;
  readonly title: string;
  /** Kinds of exchanges that it changes; none: it changes nothing that can be seen. */
  readonly on: readonly Kind[];
}

/** Every drift and legal variation. */
export const listDrifts = (): OperatorInfo[] => [...DRIFTS, ...VARIATIONS].map(info);
export const listFaults = (): OperatorInfo[] => FAULTS.map(info);

const info = ({ id, title, on }: Operator): OperatorInfo => ({ id, title, on });

const DRIFTS_AND_VARIATIONS = byId([...DRIFTS, ...VARIATIONS]);
const FAULTS_BY_ID = byId(FAULTS);

/** The operators that options switch on, in the order of their tables; faults hit turns unless told otherwise. Throws an OptionsError for an unknown id. */
export function activeOperators({ faults, drifts }: Settings): readonly ActiveOperator[] {
  const turnFaults = pickActive('faults', faults, FAULTS_BY_ID).map((active) => ({
    ...active,
    routes: active.routes ?? ['generate-answer' as const],
  }));
  return [...pickActive('drifts', drifts, DRIFTS_AND_VARIATIONS), ...turnFaults];
}

function pickActive(
  option: string,
  switches: Readonly<Record<string, OperatorSwitch>>,
  table: ReadonlyMap<string, Operator>,
): ActiveOperator[] {
  for (const id of Object.keys(switches)) {
    if (table.has(id)) continue;
    throw new OptionsError(`${option}.${id}: no such id; did you mean ${closest(id, [...table.keys()])}?`);
  }
  return [...table.values()].flatMap((operator) => {
    const given = switches[operator.id];
    return given === undefined ? [] : [{ operator, rate: given.rate, roles: given.roles, routes: given.routes }];
  });
}

function byId(operators: readonly Operator[]): ReadonlyMap<string, Operator> {
  return new Map(operators.map((operator) => [operator.id, operator]));
}
