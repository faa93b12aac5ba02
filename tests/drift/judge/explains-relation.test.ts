import { expect, it } from 'vitest';
import { explainsRelation } from '../../../scripts/drift/judge/explains-relation.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Sighting } from '../../../scripts/drift/sighting.ts';

const { errorStatusChanged, headerAdded, persistence, readbackAltered, relationChanged } = DRIFT_RULES;

const seen = ({ id: rule, class: cls, notice }: (typeof DRIFT_RULES)['persistence'], template: string, sample = '') =>
  ({ rule, class: cls, notice, template, observed: { type: 'string', sample } }) as Sighting;
const related = (template: string): Sighting => seen(relationChanged, template);

it.each<[string, Sighting, Sighting, boolean]>([
  ['another value of it', seen(readbackAltered, '#/readback/events/*/tags'), related('#/readback/tags'), true],
  ['what is not stored', seen(persistence, '#/readback/events/*'), related('#/readback/subjectPreview'), true],
  [
    'another status',
    seen(errorStatusChanged, '#/responses/*/status', '403'),
    related('#/responses/403/body/error'),
    true,
  ],
  ['a status', seen(errorStatusChanged, '#/responses/*/status', '403'), related('#/responses/401/body/error'), false],
  ['a new header', seen(headerAdded, '#/responses/*/headers/x'), related('#/responses/200/body/*/tags'), false],
])('values that do not agree any more follow from %s', (_, cause, relation, expected) => {
  expect(explainsRelation(cause, relation)).toBe(expected);
  expect(explainsRelation(relation, cause)).toBe(false);
});
