import { isRecord } from '../../turn-request.ts';
import type { Operator } from '../operator.ts';

/** Limits, cursors, directions and filters of the listing. */
export const PAGING: readonly Operator[] = [
  {
    id: 'cursor-invalid-accepted',
    title: 'a cursor that is none starts from the front',
    on: ['L'],
    policies: ['accept-any-cursor'],
  },
  {
    id: 'previous-ignored',
    title: 'direction previous leads to older conversations',
    on: ['L'],
    policies: ['ignore-direction'],
  },
  {
    id: 'previous-gap',
    title: 'direction previous leaves out the conversation next to its cursor',
    on: ['L'],
    answer: ({ body }, { response }) => {
      const isBack = /[?&]direction=previous\b/.test(response.req.url ?? '');
      if (!isBack || !isRecord(body) || !Array.isArray(body.interactions)) throw new Error('Not a page back.');
      body.interactions.pop();
    },
  },
  { id: 'limit-zero-accepted', title: 'limit 0 is accepted', on: ['L'], policies: ['accept-limit-zero'] },
  { id: 'limit-above-accepted', title: 'limit 101 is accepted', on: ['L'], policies: ['cap-limit'] },
  { id: 'limit-100-refused', title: 'limit 100 is refused', on: ['L'], policies: ['refuse-highest-limit'] },
  { id: 'limit-100-halved', title: 'limit 100 gives 50 conversations', on: ['L'], policies: ['halve-limit'] },
  {
    id: 'list-names-ignored',
    title: 'comma-separated sources and channels filter nothing',
    on: ['L'],
    policies: ['ignore-lists'],
  },
  {
    id: 'list-names-whole',
    title: 'comma-separated sources and channels are taken for one name',
    on: ['L'],
    policies: ['whole-lists'],
  },
  {
    id: 'list-names-first',
    title: 'of repeated sources and channels only the first counts',
    on: ['L'],
    policies: ['first-of-repeated'],
  },
];
