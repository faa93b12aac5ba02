import { BODY, expectation, STATUS } from '../expectations.ts';
import type { Mutation } from './mutation.ts';

const breaking = expectation('breaking', BODY);

/** Answers that break off, or that a gateway gives now and then. */
export const CONNECTIONS: readonly Mutation[] = [
  {
    id: 'turn-cut-short',
    title: 'a body shorter than its Content-Length',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation === 'turn' && response.status === 200) response.ends = 'short';
    },
  },
  {
    id: 'turn-cut-chunk',
    title: 'a body that ends in the middle of a chunk, every third time',
    expected: breaking,
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 3 === 0) response.ends = 'chunk';
    },
  },
  {
    id: 'get-reset',
    title: 'the connection is reset in the middle of a conversation',
    expected: breaking,
    changeResponse: (response, { operation }) => {
      if (operation === 'get' && response.status === 200) response.ends = 'reset';
    },
  },
  {
    id: 'turn-hung-up',
    title: 'no answer, and the connection is closed, every second time',
    expected: breaking,
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'turn' || response.status !== 200) return;
      memory.set('even', memory.get('even') !== true);
      if (memory.get('even') === true) response.ends = 'nothing';
    },
  },
  {
    id: 'gateway-503',
    title: '503 for every fourth request',
    expected: expectation('statistical', /availability/),
    changeResponse: (response, _, memory) => {
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      if (count % 4 === 0) Object.assign(response, { status: 503, body: undefined, raw: 'upstream connect error' });
    },
  },
  {
    id: 'list-429',
    title: '429 for every third listing',
    expected: expectation('breaking', STATUS),
    changeResponse: (response, { operation }, memory) => {
      if (operation !== 'list') return;
      const count = Number(memory.get('count') ?? 0) + 1;
      memory.set('count', count);
      const body = { statusCode: 429, message: 'Too many requests', error: 'Too Many Requests' };
      if (count % 3 === 0) Object.assign(response, { status: 429, body });
    },
  },
];
