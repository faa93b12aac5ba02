import { describe, expect, it } from 'vitest';
import { fold } from '../../../scripts/drift/fold.ts';
import { compareGroups, haveOneCause } from '../../../scripts/drift/judge/same-cause.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group, Probe, Sighting } from '../../../scripts/drift/sighting.ts';
import { turn, viewOf } from '../made-run.ts';

const probe = (index: number, operation = 'generate-answer') => ({ index, operation }) as Probe;
const [FIRST, SECOND] = [probe(0), probe(1)];
const EVENT = '#/responses/200/body/*';

interface Given {
  readonly class?: string;
  readonly notice?: boolean;
  readonly sample?: string;
  readonly probes?: readonly Probe[];
}

function group(rule: string, template: string, { sample = '', probes = [FIRST], ...given }: Given = {}): Group {
  const { class: cls = 'behavioural', notice = false } = given;
  const seen = { rule, template, class: cls, notice, observed: { type: 'string', sample }, expected: {} };
  return { key: `${rule}|${template}`, sightings: probes.map((one) => ({ ...seen, probe: one }) as Sighting) };
}

const TOKEN = { class: 'critical', sample: 'token=0a1b2c3d4e5f' };
const ADDED = { class: 'additive', probes: [FIRST, SECOND] };

describe('two findings', () => {
  it.each<[string, Group, Group, boolean]>([
    [
      'on one property of events, where they are answered and read back',
      group('echo-mismatch', `${EVENT}/message`),
      group(DRIFT_RULES.replyGarbled.id, '#/readback/events/*/message'),
      true,
    ],
    [
      'on two properties',
      group('echo-mismatch', `${EVENT}/message`),
      group('timestamp-skew', `${EVENT}/createdAt`),
      false,
    ],
    [
      'on a time of conversations, which comes from their events',
      group('timestamp-skew', `${EVENT}/createdAt`),
      group(DRIFT_RULES.conversationRedated.id, '#/listing/interactions/*/createdAt'),
      true,
    ],
    [
      'on the same name in events and agents',
      group('timestamp-skew', `${EVENT}/createdAt`),
      group(DRIFT_RULES.listOrder.id, '#/agents/*/createdAt', { probes: [probe(3, 'list-agents')] }),
      false,
    ],
    [
      'on a title of articles and on articles',
      group(DRIFT_RULES.relationChanged.id, '#/readback/events/*/usedArticles/*/title'),
      group(DRIFT_RULES.relationChanged.id, '#/readback/usedArticles', { probes: [SECOND] }),
      true,
    ],
    [
      'on titles and on addresses of articles',
      group(DRIFT_RULES.relationChanged.id, '#/listing/interactions/*/events/*/usedArticles/*/title'),
      group(DRIFT_RULES.relationChanged.id, '#/readback/events/*/usedArticles/*/documentUrl', { probes: [SECOND] }),
      false,
    ],
    [
      'on a part of a property and on all of it',
      group(DRIFT_RULES.secretShown.id, '#/responses/200/body/userAttributes/passwordHash', { class: 'critical' }),
      group(DRIFT_RULES.relationChanged.id, '#/listing/interactions/*/userAttributes'),
      true,
    ],
    [
      'on a property that is gone, and new ones of the same object',
      group('response-required-property-removed', '#/responses/200/body/userAttributes', { class: 'breaking' }),
      group('response-property-added', '#/responses/200/body/interactions/*/userAttributes.plan', {
        class: 'additive',
      }),
      true,
    ],
    [
      'on a property that is gone, and new ones of another object',
      group('response-required-property-removed', '#/responses/200/body/userAttributes', { class: 'breaking' }),
      group('response-property-added', `${EVENT}/plan`, { class: 'additive' }),
      false,
    ],
    [
      'on what is in a property now, and where that was moved to',
      group('response-property-type-changed', '#/responses/200/body/events/*', { class: 'breaking' }),
      group('response-property-added', '#/responses/200/body/included', { class: 'additive' }),
      true,
    ],
    [
      'on the words of events and of errors',
      group('echo-mismatch', `${EVENT}/message`),
      group(DRIFT_RULES.textGarbled.id, '#/responses/400/body/message'),
      false,
    ],
    [
      'by one rule, on one name of several objects',
      group('event-id-predictable', `${EVENT}/id`),
      group('event-id-predictable', '#/readback/id'),
      true,
    ],
    [
      'on the statuses of two conditions',
      group(DRIFT_RULES.errorStatusChanged.id, '#/responses/no-key/status'),
      group(DRIFT_RULES.errorStatusChanged.id, '#/responses/unknown-agent/status'),
      false,
    ],
    [
      'with one secret in a property and a header',
      group(DRIFT_RULES.secretShown.id, '#/responses/200/body/url', TOKEN),
      group(DRIFT_RULES.headerPrivate.id, '#/responses/*/headers/location', TOKEN),
      true,
    ],
    [
      'with two secrets',
      group(DRIFT_RULES.secretShown.id, '#/responses/200/body/url', TOKEN),
      group(DRIFT_RULES.headerPrivate.id, '#/responses/*/headers/location', { ...TOKEN, sample: 'another secret' }),
      false,
    ],
    [
      'on pages of listings',
      group(DRIFT_RULES.pagingRepeats.id, '#/listing/interactions/*/id'),
      group(DRIFT_RULES.listFilter.id, '#/listing/interactions', { probes: [SECOND] }),
      true,
    ],
    [
      'on a cursor that is refused, and on a page that leads to nothing',
      group(DRIFT_RULES.validRefused.id, '#/responses/valid-listing/status', {
        ...{ class: 'breaking', probes: [{ ...SECOND, exchange: { url: '/?limit=2&cursor=x' } } as Probe] },
      }),
      group(DRIFT_RULES.pagingEndless.id, '#/listing/hasMore'),
      true,
    ],
    [
      'on a listing that is refused, and on a page that leads to nothing',
      group(DRIFT_RULES.validRefused.id, '#/responses/valid-listing/status', {
        ...{ class: 'breaking', probes: [{ ...SECOND, exchange: { url: '/?limit=2' } } as Probe] },
      }),
      group(DRIFT_RULES.pagingEndless.id, '#/listing/hasMore'),
      false,
    ],
    [
      'on listings and on what is read',
      group(DRIFT_RULES.pagingRepeats.id, '#/listing/interactions/*/id'),
      group(DRIFT_RULES.readbackOrder.id, '#/readback/events'),
      false,
    ],
    [
      'on new properties of one object that come together',
      group('response-property-added', `${EVENT}/model`, ADDED),
      group('response-property-added', `${EVENT}/usage`, ADDED),
      true,
    ],
    [
      'on new properties of one object that come at different times',
      group('response-property-added', `${EVENT}/model`, ADDED),
      group('response-property-added', `${EVENT}/usage`, { ...ADDED, probes: [FIRST] }),
      false,
    ],
    [
      'on new properties of two objects',
      group('response-property-added', `${EVENT}/model`, ADDED),
      group('response-property-added', '#/responses/200/body/model', ADDED),
      false,
    ],
    [
      'of which the first is a notice',
      group('echo-mismatch', `${EVENT}/message`, { notice: true }),
      group(DRIFT_RULES.replyGarbled.id, `${EVENT}/message`),
      false,
    ],
    [
      'on one header, whose values are private at times',
      group(DRIFT_RULES.headerPrivate.id, '#/responses/*/headers/x-id'),
      group(DRIFT_RULES.headerAdded.id, '#/responses/*/headers/x-id'),
      true,
    ],
    [
      'on two headers',
      group(DRIFT_RULES.headerPrivate.id, '#/responses/*/headers/x-id'),
      group(DRIFT_RULES.headerAdded.id, '#/responses/*/headers/x-other'),
      false,
    ],
  ])('%s', (_, one, other, expected) => expect(haveOneCause(one, other)).toBe(expected));

  it('come in the order of their class, of what a single answer shows, and of how many show it', () => {
    const [worse, direct, often, rare] = [
      group('a', '#/readback/x', { class: 'breaking' }),
      group('b', `${EVENT}/x`),
      group('c', '#/listing/x', { probes: [FIRST, SECOND] }),
      group('d', '#/listing/x'),
    ];
    expect([rare, often, direct, worse].sort(compareGroups)).toEqual([worse, direct, often, rare]);
  });
});

describe('a finding that is accepted', () => {
  it('hides nothing but what follows from its rule', () => {
    const { run } = viewOf([[turn(1)]]);
    const [own] = run.probes as [Probe];
    const sighted = (rule: string, place: string) =>
      group(rule, place, { probes: [own] }).sightings.map((one) => ({ ...one, why: '', location: place }));
    const sightings = [
      ...sighted(DRIFT_RULES.pagingGap.id, '#/listing/interactions'),
      ...sighted(DRIFT_RULES.listFilter.id, '#/listing/interactions'),
    ];
    const rules = (accepted: readonly string[]) =>
      fold(sightings, run.probes, new Set(accepted)).map(({ finding }) => finding);
    const [only, ...others] = rules([]);
    expect([others.length, only?.related.length]).toEqual([0, 1]);
    expect(rules([only?.id ?? '']).map(({ related }) => related.length)).toEqual([0, 0]);
  });
});
