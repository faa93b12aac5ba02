import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckedTurn } from '../../contracts/answer.ts';
import { answerForm } from '../../contracts/answer-form.ts';
import { judgeAll } from '../../contracts/check.ts';
import { eventsSchema } from '../../contracts/contract.ts';
import { type KnownAnswer, type KnownAnswers, knownAnswers, type Said } from '../../contracts/known-answers.ts';
import { eventsOf, turnResponse } from '../../contracts/response.ts';
import { schemaAt } from '../../contracts/schema.ts';
import { type Exchange, exchange } from './arbitrary.ts';
import { JSON_HEADERS, type Loose, TURN } from './cases/case.ts';
import { CASES } from './cases/index.ts';
import example from './fixtures/generate-answer.example.json' with { type: 'json' };

const said = (turn: CheckedTurn): CheckedTurn & Said => ({ ...turn, contentJson: JSON.stringify(turn.content) });
const recognise = (known: KnownAnswers, turn: CheckedTurn, body: string): KnownAnswer | undefined =>
  known.recognise(said(turn), turn.sentAt, turn.settledAt, body);

/** What has been learnt from this one answer. */
function learnt({ turn, events }: Exchange): KnownAnswers {
  const known = knownAnswers();
  const answer = turnResponse(200, JSON_HEADERS, JSON.stringify(events));
  known.learn(said(turn), answer, answerForm(answer));
  return known;
}

/** What is recognised is what parsing gives, and no rule refuses it. */
function expectSame(known: KnownAnswers, turn: CheckedTurn, body: string): void {
  const found = recognise(known, turn, body);
  if (found === undefined) return;
  const answer = turnResponse(200, JSON_HEADERS, body);
  const core = eventsOf(answer).map(({ id, role, createdAt, message }) => ({ id, role, createdAt, message }));
  expect({ found, violations: judgeAll(turn, answer) }).toEqual({
    found: { events: core, form: answerForm(answer) },
    violations: [],
  });
}

const id = '0190f1de-7a3b-7c4d-8e5f-0123456789ab';
const other = 'FFFFFFFF-7a3b-7c4d-8e5f-0123456789ab';
const DOCUMENTED: Exchange = { turn: TURN, events: example as unknown as readonly Loose[] };
const REPLY = String(DOCUMENTED.events[1]?.message);

/** The documented answer with its replaced texts. */
function written(edits: readonly (readonly [from: string, to: string])[]): string {
  return edits.reduce((body, [from, to]) => {
    expect(body).toContain(from);
    return body.replace(from, () => to);
  }, JSON.stringify(DOCUMENTED.events));
}

const first = String(DOCUMENTED.events[0]?.id);
const second = String(DOCUMENTED.events[1]?.id);
const at = (index: number): string => String(DOCUMENTED.events[index]?.createdAt);

describe('an answer that is written as one before', () => {
  test.each<readonly [name: string, edits: readonly (readonly [string, string])[]]>([
    ['the same once more', []],
    [
      'other ids',
      [
        [first, id],
        [second, other],
      ],
    ],
    [
      'other times',
      [
        [at(0), String(TURN.sentAt)],
        [at(1), String(TURN.settledAt)],
      ],
    ],
    ['another reply', [[JSON.stringify(REPLY), '"It left our warehouse on Monday."']]],
    ['a reply with escapes', [[JSON.stringify(REPLY), '"It has left:\\n- \\"Monday\\" \\\\ \\/ evening"']]],
    ['a reply that is not ASCII', [[JSON.stringify(REPLY), '"Schöne Grüße 🎉 from the warehouse"']]],
  ])('is recognised: %s', (_, edits) => {
    const known = learnt(DOCUMENTED);
    const body = written(edits);
    expect(recognise(known, TURN, body)).toBeDefined();
    expectSame(known, TURN, body);
  });

  test.each<readonly [name: string, edits: readonly (readonly [string, string])[]]>([
    ['an id that is no UUID', [[first, first.replace(/.$/, 'g')]]],
    ['the nil UUID', [[second, '00000000-0000-0000-0000-000000000000']]],
    ['one id twice', [[second, first]]],
    ['a time far away', [[at(1), '1600000000000']]],
    ['a reply before its question', [[at(1), String(Number(at(0)) - 1)]]],
    ['a time in another notation', [[at(0), '17496409530e2']]],
    ['a time with a fraction', [[at(0), '174964095300.5']]],
    ['an empty reply', [[JSON.stringify(REPLY), '""']]],
    ['a reply that shows a template', [[JSON.stringify(REPLY), '"Dear {{ name }}, it has left."']]],
    ['a line break that is no JSON', [[JSON.stringify(REPLY), '"It left\nour warehouse."']]],
    ['an escape that is no JSON', [[JSON.stringify(REPLY), '"It left \\our warehouse."']]],
    ['a property in a reply', [[JSON.stringify(REPLY), '"It left.","note":"on Monday"']]],
    ['broken UTF-8', [[JSON.stringify(REPLY), '"It left \uFFFD warehouse."']]],
    ['half a character', [[JSON.stringify(REPLY), '"It left \\ud83d warehouse."']]],
    ['another question', [[JSON.stringify(TURN.content), '"Where is it?"']]],
    ['another role', [['"role":"finibot"', '"role":"otherbot"']]],
    ['an unknown property', [['"csatRating":null', '"csatRating":null,"extra":1']]],
    ['a property twice', [['"csatRating":null', '"csatRating":null,"csatRating":null']]],
    ['other white space', [['"csatRating":null', '"csatRating": null']]],
    ['text after it', [[',"role":"finibot"', ',"role":"finibot" ']]],
  ])('is left to the rules where it differs: %s', (_, edits) => {
    expect(recognise(learnt(DOCUMENTED), TURN, written(edits))).toBeUndefined();
  });

  test('is left to the rules where the turn is an agent’s, or asked something else', () => {
    const known = learnt(DOCUMENTED);
    const body = written([]);
    expect(recognise(known, { ...TURN, role: 'agent' }, body)).toBeUndefined();
    expect(recognise(known, { ...TURN, content: 'Where is my parcel?' }, body)).toBeUndefined();
  });

  test('is not learnt where it breaks a rule, or is written in another way', () => {
    for (const { turn, response, expect: broken } of CASES) {
      const known = knownAnswers();
      const answer = turnResponse(response.status, response.headers, response.body);
      known.learn(said(turn), answer, 'form');
      if (broken.length > 0) expect(recognise(known, turn, response.body)).toBeUndefined();
    }
    const known = knownAnswers();
    const spaced = turnResponse(200, JSON_HEADERS, JSON.stringify(example, null, 1));
    known.learn(said(TURN), spaced, 'form');
    expect(recognise(known, TURN, spaced.body)).toBeUndefined();
  });

  test('may differ in nothing that the schema restricts in another way', () => {
    const { id, createdAt, message } = schemaAt(eventsSchema, [0])?.properties ?? {};
    const restricting = ({ type, format, ...rest }: object & { type?: unknown; format?: unknown } = {}) => ({
      type,
      format,
      rest: Object.keys(rest).filter((name) => !/^(x-|description)/.test(name)),
    });
    expect([id, createdAt, message].map(restricting)).toEqual([
      { type: 'string', format: 'uuid', rest: [] },
      { type: 'integer', format: undefined, rest: [] },
      { type: 'string', format: undefined, rest: [] },
    ]);
  });
});

/** Two exchanges; the events of the second are those of the first, but for what may differ. Times have 13 digits. */
const pair = fc.tuple(exchange, exchange, fc.integer({ min: 1.1e12, max: 9e12 })).map(([one, two, sentAt]) => {
  const kept = one.events.map((event): Loose => ({ ...event, externalCreatedAt: null, attachments: [], tags: [] }));
  const moved = ({ turn, events }: Exchange): Exchange => {
    const later = sentAt - turn.sentAt;
    const parts = events.map(({ id, role, message, createdAt }, index) => {
      return { ...kept[index], id, role, message, createdAt: Number(createdAt) + later };
    });
    return { turn: { ...turn, sentAt, settledAt: turn.settledAt + later }, events: parts };
  };
  return { one: moved(one), two: moved(two) };
});

describe('any answer that is recognised', () => {
  test('is one that no rule refuses, and what parsing gives', () => {
    let recognised = 0;
    fc.assert(
      fc.property(pair, ({ one, two }) => {
        const known = learnt(one);
        const body = JSON.stringify(two.events);
        if (recognise(known, two.turn, body) !== undefined) recognised += 1;
        expectSame(known, two.turn, body);
      }),
      { numRuns: 1_000 },
    );
    expect(recognised).toBeGreaterThan(30);
  });

  test('is one that no rule refuses, whatever characters of its text are changed', () => {
    const noise = fc.oneof(fc.constantFrom('"', '\\', ',', '0', '1', ' ', 'e', '{', '}', '\n', ''), fc.string());
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 3 }), noise, (place, removed, text) => {
        const body = written([]);
        const from = place % body.length;
        expectSame(learnt(DOCUMENTED), TURN, `${body.slice(0, from)}${text}${body.slice(from + removed)}`);
      }),
      { numRuns: 3_000 },
    );
  });
});
