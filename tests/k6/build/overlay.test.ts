import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { check } from '../../../contracts/check.ts';
import { setContract } from '../../../contracts/contract.ts';
import type { Overlay } from '../../../contracts/generated/overlay.ts';
import { turnResponse } from '../../../contracts/response.ts';
import { followOverlay } from '../../../scripts/drift/follow-overlay.ts';
import { overlaidBundle } from '../../../scripts/k6/build/overlaid-contract.ts';
import { overlaidSchemas } from '../../../scripts/k6/build/overlay.ts';
import { scratch } from '../../cli/scratch.ts';
import example from '../../contracts/fixtures/generate-answer.example.json' with { type: 'json' };

const applied = (overlay: Omit<Overlay, 'version'>) => ({
  version: '1',
  sha256: 'a'.repeat(64),
  overlay: { version: '1', ...overlay },
});

/** The rules that the reference's example breaks with this in its reply. */
function broken(change: object): string[] {
  const [stored, reply] = example;
  if (stored === undefined || reply === undefined) throw new Error('the example has two events');
  const turn = { role: 'user', content: stored.message, sentAt: stored.createdAt, settledAt: reply.createdAt };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify([stored, { ...reply, ...change }]);
  return check({ ...turn, continued: false }, turnResponse(200, headers, body)).map(({ rule, template }) => {
    return `${rule} ${template.replace('#/responses/200/body/*/', '')}`;
  });
}

afterEach(() => setContract());

describe('an overlay', () => {
  it.each<[string, Omit<Overlay, 'version'>, object, string[], string[]]>([
    [
      'allows a property',
      { properties: { 'event#/properties/mood': { type: 'string' } } },
      { mood: 'calm' },
      ['response-property-added mood'],
      [],
    ],
    [
      'holds an allowed property against its schema',
      { properties: { 'event#/properties/mood': { type: 'string' } } },
      { mood: 5 },
      ['response-property-added mood'],
      ['response-property-type-changed mood'],
    ],
    [
      'opens a list',
      { values: { 'event#/properties/type': ['note'] } },
      { type: 'note' },
      ['response-property-const-changed type'],
      [],
    ],
    [
      'decides an assumption by a list of numbers and null',
      { assumptions: { 'event#/properties/csatRating': { enum: [1, 2, 3, 4, 5, null] } } },
      { csatRating: 6 },
      [],
      ['response-property-enum-value-added csatRating'],
    ],
    [
      'decides an assumption by another type',
      { assumptions: { 'event#/properties/feedback': { type: ['string', 'integer', 'null'] } } },
      { feedback: 3 },
      ['response-property-type-changed feedback'],
      [],
    ],
    [
      'decides what a list holds',
      { assumptions: { 'event#/properties/tags': { items: { type: 'string' } } } },
      { tags: ['vip', 1] },
      [],
      ['response-property-type-changed tags/*'],
    ],
    [
      'leaves all else as it is',
      {},
      { approved: 'yes' },
      ['response-property-type-changed approved'],
      ['response-property-type-changed approved'],
    ],
  ])('%s', async (_, overlay, change, without, withOverlay) => {
    expect(broken(change)).toEqual(without);
    await followOverlay(applied(overlay));
    expect(broken(change)).toEqual(withOverlay);
    await followOverlay(undefined);
    expect(broken(change)).toEqual(without);
  });

  it('is in the bundle that k6 runs, and only in its own', async () => {
    const cwd = scratch();
    const [plain, own] = await Promise.all([
      overlaidBundle('load', applied({}), cwd),
      overlaidBundle('load', applied({ properties: { 'event#/properties/mood': { type: 'string' } } }), cwd),
    ]);
    expect(readFileSync(own, 'utf8')).toContain('.mood');
    expect(readFileSync(plain, 'utf8')).not.toContain('.mood');
  });
});

describe('a wrong overlay', () => {
  const property = (place: string, part: object = { type: 'string' }) => ({ properties: { [place]: part } });
  const assumption = (place: string, part: object) => ({ assumptions: { [place]: part } });
  it.each<[string, object, RegExp]>([
    [
      'names an unknown place',
      assumption('event#/properties/csatRatng', { type: 'null' }),
      /csatRatng is not a place.*did you mean event#\/properties\/csatRating\?/,
    ],
    [
      'names an unknown schema',
      assumption('evnt#/properties/tags', { type: 'array' }),
      /did you mean event#\/properties\/tags\?/,
    ],
    [
      'names nothing alike',
      assumption('x', { type: 'null' }),
      /x is not a place in the contract\nThere are .*event#\/properties\/id/,
    ],
    [
      'changes what is documented',
      assumption('event#/properties/createdAt', { type: 'string' }),
      /createdAt is documented, not assumed/,
    ],
    [
      'contradicts a type',
      assumption('event#/properties/id', { type: 'integer' }),
      /contradicts the contract, which has string there, not integer/,
    ],
    [
      'refuses the example',
      assumption('event#/properties/csatRating', { type: 'integer' }),
      /csatRating contradicts the reference, whose own example would be invalid: \/0\/csatRating must be integer/,
    ],
    ['leaves out a role', assumption('event#/properties/role', { enum: ['user'] }), /role contradicts the reference/],
    [
      'lists what its type refuses',
      assumption('event#/properties/csatRating', { enum: ['five', null] }),
      /contradicts|lists "five"/,
    ],
    [
      'has a pattern that is none',
      property('event#/properties/mood', { type: 'string', pattern: '(' }),
      /mood is not a schema/,
    ],
    [
      'requires what it does not have',
      property('event#/properties/mood', { type: 'object', required: ['a'] }),
      /requires a, which is not among/,
    ],
    [
      'replaces an object',
      assumption('conversation#', { properties: {} }),
      /conversation# is an object of the contract: give its property/,
    ],
    ['adds what is there', property('event#/properties/tags'), /tags is in the contract already/],
    ['adds to what is no object', property('event#/properties/tags/properties/x'), /tags is not an object/],
    ['adds to an unknown place', property('evets#/properties/x'), /did you mean event(s)?#/],
    ['adds no property', property('event#'), /event# is not a property: write /],
    [
      'opens no list',
      { values: { 'event#/properties/message': ['x'] } },
      /message has no closed list of values\nThere are event#\/properties\/role/,
    ],
  ])('%s', async (_, overlay, message) => {
    const failed = overlaidSchemas({ version: '1', ...overlay } as Overlay);
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toMatchObject({ exitCode: 2 });
  });
});
