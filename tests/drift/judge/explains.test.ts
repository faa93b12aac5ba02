import { describe, expect, it } from 'vitest';
import { explains } from '../../../scripts/drift/judge/explains.ts';
import { DRIFT_RULES } from '../../../scripts/drift/rules/index.ts';
import type { Group, Probe, Sighting } from '../../../scripts/drift/sighting.ts';

const FIRST = { index: 0 } as Probe;
const SECOND = { index: 1 } as Probe;
const EVENT = '#/responses/200/body/*';

const group = (rule: string, template: string, type: string, probes: readonly Probe[]) => ({
  key: `${rule}|${template}`,
  sightings: probes.map(
    (probe) => ({ rule, template, expected: {}, observed: { type, sample: '' }, probe }) as Sighting,
  ),
});

const DENIED = { index: 2, step: { expect: { condition: 'no-key', statuses: [401], denied: true } } } as Probe;
const REFUSED = { index: 3, step: { expect: { condition: 'content-missing', statuses: [400] } } } as Probe;

const NULLABLE = 'response-property-became-nullable';
const TYPE = 'response-property-type-changed';

describe('one change of the service', () => {
  const tags = group(TYPE, `${EVENT}/tags`, 'object', [FIRST, SECOND]);
  it.each([
    ['several properties of an object, alike', group(TYPE, `${EVENT}/attachments`, 'object', [FIRST]), true],
    ['of another type', group(TYPE, `${EVENT}/attachments`, 'string', [FIRST]), false],
    ['by another rule', group(NULLABLE, `${EVENT}/attachments`, 'object', [FIRST]), false],
    ['of another object', group(TYPE, '#/responses/200/body/status', 'object', [FIRST]), false],
    ['in other answers', group(TYPE, `${EVENT}/attachments`, 'object', [{ index: 2 } as Probe]), false],
    ['a part of what is wrong as a whole', group(NULLABLE, `${EVENT}/tags/*`, 'null', [FIRST]), true],
  ])('%s', (_, other, expected) => {
    expect(explains(tags, other)).toBe(expected);
  });

  it.each([
    ['another one of the event', `${EVENT}/type`, FIRST, true],
    ['one of a conversation', '#/responses/200/body/status', FIRST, false],
    ['another one in other answers', `${EVENT}/type`, { index: 2 } as Probe, false],
  ])('is that words are spelt otherwise: %s', (_, template, probe, expected) => {
    const role = group('response-property-enum-value-added', `${EVENT}/role`, 'string', [FIRST, SECOND]);
    expect(explains(role, group('response-property-const-changed', template, 'string', [probe]))).toBe(expected);
  });

  it.each([
    ['another property of the object', '#/responses/200/body/prevCursor', true],
    ['a property of one of its objects', '#/responses/200/body/page/size', false],
  ])('is that a serialiser leaves out what is nothing: %s', (_, template, expected) => {
    const omitted = 'response-property-became-optional';
    const next = group(omitted, '#/responses/200/body/nextCursor', 'absent', [FIRST]);
    const whole = group(omitted, '#/responses/200/body', 'absent', [FIRST]);
    const other = group(omitted, template, 'absent', [SECOND]);
    expect([explains(next, other), explains(whole, other)]).toEqual([expected, expected]);
    expect(
      explains(
        group('response-required-property-removed', '#/responses/200/body/nextCursor', 'absent', [FIRST]),
        other,
      ),
    ).toBe(false);
  });

  it.each([
    ['lists of another object', ['usedArticles'], true],
    ['what is no list', ['usedArticles', 'subjectPreview'], false],
  ])('is that a serialiser leaves out empty lists: %s', (_, names, expected) => {
    const missing = (template: string, required: readonly string[]): Group => {
      const { key, sightings } = group('response-required-property-removed', template, 'undefined', [FIRST]);
      return { key, sightings: sightings.map((one) => ({ ...one, expected: { required } })) as unknown as Sighting[] };
    };
    const ofEvents = missing(EVENT, ['tags', 'attachments']);
    expect(explains(ofEvents, missing('#/responses/200/body', names))).toBe(expected);
  });

  it('is that replies are cut only where they are answered', () => {
    const altered = group(DRIFT_RULES.readbackAltered.id, '#/readback/events/*/message', 'string', [SECOND]);
    const cut = group(DRIFT_RULES.replyCut.id, `${EVENT}/message`, 'string', [FIRST]);
    expect([explains(altered, cut), explains(cut, altered)]).toEqual([true, false]);
  });

  it.each([
    ['the same property of another object', DRIFT_RULES.secretShown.id, '/usedArticles/*/documentUrl', true],
    ['the values that it had before', DRIFT_RULES.wordReplaced.id, '/usedArticles/*/documentUrl', true],
    ['another property', DRIFT_RULES.secretShown.id, '/subjectPreview', false],
  ])('is that a property shows a secret: %s', (_, rule, place, expected) => {
    const inEvents = group(DRIFT_RULES.secretShown.id, `${EVENT}/usedArticles/*/documentUrl`, 'string', [FIRST]);
    expect(explains(inEvents, group(rule, `#/responses/200/body${place}`, 'string', [SECOND]))).toBe(expected);
  });

  it.each([
    ['is denied access, granted with and without data', [DENIED], true],
    ['is not a request that is invalid for another reason', [DENIED, REFUSED], false],
  ])('%s', (_, probes, expected) => {
    const granted = group(DRIFT_RULES.accessGranted.id, '#/responses/no-key/status', 'integer', [DENIED]);
    const empty = group(DRIFT_RULES.invalidAccepted.id, '#/responses/no-key/status', 'integer', probes);
    expect([explains(granted, empty), explains(empty, granted)]).toEqual([expected, false]);
  });

  it.each([
    ['accepts the same where nothing was promised', 200, true],
    ['answers those in another way', 201, false],
  ])('is that a service that accepts what is invalid %s', (_, status, expected) => {
    const said = (rule: string, sample: number) => {
      const one = group(rule, '#/responses/limit/status', 'integer', [FIRST]);
      return {
        ...one,
        sightings: one.sightings.map((each) => ({ ...each, observed: { type: 'integer', sample: String(sample) } })),
      };
    };
    const accepted = said(DRIFT_RULES.invalidAccepted.id, 200);
    const learnt = said(DRIFT_RULES.learntStatus.id, status);
    expect([explains(accepted, learnt), explains(learnt, accepted)]).toEqual([expected, false]);
  });

  const KEY_IN_BODY = `${EVENT}/debug`;
  const answered = (status: number) => ({ index: 4, exchange: { status } }) as Probe;
  it.each([
    ['a new property that holds the key', 200, 'response-property-added', KEY_IN_BODY, true],
    ['a new property that is private', 200, 'private-property-added', KEY_IN_BODY, true],
    ['a new property elsewhere', 200, 'response-property-added', `${EVENT}/trace`, false],
    ['errors that hold whatever key was sent', 401, 'error-leak', '#/responses/no-key/body/message', true],
    ['errors that leak what is no key, beside a key in a success', 200, 'error-leak', '#/responses/400/body', false],
  ])('is a key that is shown, and %s', (_, status, rule, template, expected) => {
    const exposed = group('api-key-exposed', KEY_IN_BODY, 'string', [answered(status)]);
    const other = group(rule, template, 'string', [FIRST]);
    expect([explains(exposed, other), explains(other, exposed)]).toEqual([expected, false]);
  });

  it.each([
    ['previews of conversations, which show them, too', '#/readback/subjectPreview', true],
    ['attributes of others', '#/readback/userAttributes', false],
  ])('is messages of other conversations, and %s', (_, template, expected) => {
    const crossed = group('cross-talk', `${EVENT}/message`, 'string', [FIRST]);
    const shown = group(DRIFT_RULES.foreignAttributes.id, template, 'undefined', [SECOND]);
    expect([explains(crossed, shown), explains(shown, crossed)]).toEqual([expected, false]);
  });

  const asked = (url: string) => ({ index: 5, exchange: { url } }) as Probe;
  const PAGE = '#/responses/200/body/nextCursor';
  it.each([
    ['that is a value in place of null', 'baseline-sentinel', PAGE, '', true],
    ['that is refused', 'valid-request-refused', '#/responses/valid-listing/status', '/?cursor=&limit=2', true],
    [
      'beside a cursor that is refused',
      'valid-request-refused',
      '#/responses/valid-listing/status',
      '/?cursor=a',
      false,
    ],
    ['beside another value in place of null', 'baseline-sentinel', '#/responses/200/body/prevCursor', '', false],
  ])('is an empty cursor %s', (_, rule, template, url, expected) => {
    const cursor = group(DRIFT_RULES.pagingCursor.id, '#/listing/nextCursor', 'string', [FIRST]);
    expect(explains(cursor, group(rule, template, 'string', [asked(url)]))).toBe(expected);
  });

  it.each([
    ['has lost another property', 'error-property-removed', '#/responses/401/body/message', true],
    ['has a new one', 'error-property-added', '#/responses/401/body/code', true],
    ['has one of another type', 'error-property-type-changed', '#/responses/401/body/error', false],
    ['has a new one deeper down', 'error-property-added', '#/responses/401/body/meta/code', false],
  ])('is an envelope that lost a property, and %s', (_, rule, template, expected) => {
    const lost = group('error-property-removed', '#/responses/401/body/statusCode', 'undefined', [FIRST]);
    expect(explains(lost, group(rule, template, 'undefined', [FIRST]))).toBe(expected);
    expect(explains(lost, group(rule, template, 'undefined', [SECOND]))).toBe(false);
  });

  it.each([
    ['articles that are read back', 'readback-altered', '#/readback/events/*/usedArticles', true],
    ['articles that are listed', 'listed-otherwise', '#/listing/interactions/*/events/*/usedArticles', true],
    ['a text that is read back', 'readback-altered', '#/readback/events/*/message', false],
  ])('is one article for all, and %s', (_, rule, template, expected) => {
    const same = group('article-duplicate-id', `${EVENT}/usedArticles/*/id`, 'string', [FIRST]);
    expect(explains(same, group(rule, template, 'string', [SECOND]))).toBe(expected);
  });

  it.each([
    ['nothing of an agent since then', '/?since=1&agentId=a', { minItems: 1 }, true],
    ['nothing of an agent', '/?agentId=a', { minItems: 1 }, false],
    ['something of an unknown agent since then', '/?since=1&agentId=b', { maxItems: 0 }, false],
  ])('is a walk that misses conversations, and a listing that shows %s', (_, url, expected, isExplained) => {
    const gap = group(DRIFT_RULES.pagingGap.id, '#/listing/interactions', 'undefined', [FIRST]);
    const { key, sightings } = group(DRIFT_RULES.listFilter.id, '#/listing/interactions', 'integer', [asked(url)]);
    expect(explains(gap, { key, sightings: sightings.map((one) => ({ ...one, expected })) })).toBe(isExplained);
  });

  it('is another source, which no listing had', () => {
    const source = group(DRIFT_RULES.listFilter.id, '#/listing/interactions/*/source', 'string', [FIRST]);
    const word = (name: string) =>
      group(DRIFT_RULES.wordAdded.id, `#/responses/200/body/interactions/*/${name}`, 'string', [SECOND]);
    expect([explains(source, word('source')), explains(source, word('channel'))]).toEqual([true, false]);
  });

  it('is no JSON at times, and JSON of another form at others', () => {
    const body = '#/responses/200/body';
    const lines = group('body-not-json', body, 'string', [FIRST]);
    const line = group('response-required-property-removed', body, 'undefined', [SECOND]);
    expect([explains(lines, line), explains(line, lines)]).toEqual([true, false]);
  });
});

describe('a page that says that there is more, and is short', () => {
  const of = (rule: string, expected: object): Group =>
    ({
      key: rule,
      sightings: [{ rule, template: '#/listing/interactions', expected, probe: {}, observed: {} }],
    }) as never;
  it('is one change with the page that has none after it', () => {
    const endless = of(DRIFT_RULES.pagingEndless.id, { const: false });
    expect(explains(endless, of(DRIFT_RULES.listFilter.id, { items: 50 }))).toBe(true);
    expect(explains(endless, of(DRIFT_RULES.listFilter.id, { maxItems: 0 }))).toBe(false);
  });
});
