import { describe, expect, test } from 'vitest';
import { check, judgeAll } from '../../contracts/check.ts';
import { turnResponse } from '../../contracts/response.ts';
import { RULES } from '../../contracts/rules/index.ts';
import { CASES } from './cases/index.ts';

describe('check', () => {
  test.each(CASES.map((row) => [row.name, row] as const))('%s', (_, { turn, response, expect: expected }) => {
    const answer = turnResponse(response.status, response.headers, response.body);
    const violations = check(turn, answer);
    expect(violations.map(({ class: kind, rule, template }) => `${kind} ${rule} ${template}`)).toEqual(expected);
    expect(judgeAll(turn, answer)).toEqual(violations);
  });

  test('every rule has a case, and every case a name of its own', () => {
    const seen = new Set(CASES.flatMap((row) => row.expect.map((text) => text.split(' ')[1])));
    expect([...seen].sort()).toEqual(RULES.map(({ id }) => id).sort());
    expect(new Set(CASES.map(({ name }) => name)).size).toBe(CASES.length);
  });
});
