import { envelope } from '../../api-error.ts';
import { body, status } from '../edit.ts';
import type { Operator } from '../operator.ts';

/** Who may do what. */
export const ACCESS: readonly Operator[] = [
  { id: 'M136', title: 'a request without a key is accepted', on: ['A1'], policies: ['accept-missing-key'] },
  { id: 'M139', title: 'a revoked key is accepted', on: ['A4'], policies: ['accept-revoked-key'] },
  { id: 'M142', title: 'a read key may delete', on: ['D'], policies: ['accept-any-scope'] },
  { id: 'M145', title: "another workspace's agent can be used", on: ['POST'], policies: ['accept-foreign-agent'] },
  {
    id: 'M148',
    title: '500 or 404 for a bad key',
    on: ['A*'],
    answer: (answer, exchange) => {
      const code = exchange.variant('M148', [500, 404]);
      status(code)(answer, exchange);
      body(() => envelope(code, 'Something went wrong'))(answer, exchange);
    },
  },
  { id: 'M151', title: 'a malformed body is refused before a bad key', on: ['A*'], policies: ['validate-before-key'] },
  { id: 'unknown-key-accepted', title: 'any key is accepted', on: ['A3'], policies: ['accept-unknown-key'] },
  { id: 'key-case-ignored', title: "a key's case does not matter", on: ['A3'], policies: ['accept-key-case'] },
  {
    id: 'any-scheme-accepted',
    title: 'a key under another scheme is accepted',
    on: ['A2'],
    policies: ['accept-any-scheme'],
  },
  {
    id: 'key-in-query-accepted',
    title: 'a key in the query is accepted',
    on: ['A1'],
    policies: ['accept-key-in-query'],
  },
  { id: 'read-key-writes', title: 'a read key may send turns', on: ['POST'], policies: ['accept-any-scope'] },
  { id: 'write-key-reads', title: 'a write key may read', on: ['G', 'L', 'B'], policies: ['accept-any-scope'] },
  {
    id: 'foreign-readable',
    title: "another workspace's conversation can be read",
    on: ['G'],
    policies: ['accept-foreign-conversation'],
  },
  {
    id: 'foreign-deletable',
    title: "another workspace's conversation can be removed",
    on: ['D'],
    policies: ['accept-foreign-conversation'],
  },
  {
    id: 'foreign-listed',
    title: "other workspaces' conversations are listed",
    on: ['L'],
    policies: ['list-foreign-conversations'],
  },
  { id: 'refused-401-as-403', title: '403 in place of 401', on: ['A1', 'A2', 'A3', 'A4'], answer: status(403) },
  { id: 'refused-403-as-401', title: '401 in place of 403', on: ['A5'], answer: status(401) },
];
