import { expect, it } from 'vitest';
import { outcomeName } from '../../scripts/report/model.ts';

it.each([
  [{ outcome: 'answered', status: 429, errorCode: 1429 }, 'HTTP 429'],
  [{ outcome: 'timed-out', status: 0, errorCode: 1050 }, 'timed out'],
  [{ outcome: 'lost', status: 0, errorCode: 1000 }, 'connection lost'],
  [{ outcome: 'lost', status: 0, errorCode: 1701 }, 'answer not decodable'],
] as const)('calls %j %s', (row, name) => expect(outcomeName(row)).toBe(name));
