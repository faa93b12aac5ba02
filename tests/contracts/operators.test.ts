import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerForm } from '../../contracts/answer-form.ts';
import { check } from '../../contracts/check.ts';
import { knownAnswers } from '../../contracts/known-answers.ts';
import { isJson } from '../../contracts/media-type.ts';
import { turnResponse } from '../../contracts/response.ts';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';

// The reference server knows nothing of the contract, so it is an oracle: each of its drifts must be named, no legal variation may be.
let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));

const CONTENTS = ['Where is my order?', '  see <b>this</b> ﬁ Cafe\u0301 Größe 😀\n', 'Why? '.repeat(150), 'ok'];
const PATH = '/v2/hc-interactions/events/public';

/** As a lane has it: learns from every answer, faithful ones first. */
const known = knownAnswers();
let recognised = 0;

/** What the contract says of one turn: `class rule template`. */
async function judged(role: string, content: string): Promise<readonly string[]> {
  const sentAt = Date.now();
  const headers = { authorization: `Bearer ${server.keys.readWrite}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ botId: server.botId, role, content, metadata: {} });
  const response = await fetch(`${server.url}${PATH}`, { method: 'POST', redirect: 'manual', headers, body });
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer());
  const contentJson = JSON.stringify(content);
  const turn = { role, content, contentJson, sentAt, settledAt: Date.now(), continued: false };
  const answer = turnResponse(response.status, Object.fromEntries(response.headers), text);
  if (
    response.status === 200 &&
    isJson(answer.headers['content-type']) &&
    known.recognise(turn, sentAt, turn.settledAt, text) !== undefined
  ) {
    expect(check(turn, answer)).toEqual([]);
    recognised += 1;
  }
  known.learn(turn, answer, answerForm(answer));
  return check(turn, answer).map(({ class: kind, rule, template }) => `${kind} ${rule} ${template}`);
}

async function allJudged(role: string, drift: string): Promise<readonly (readonly string[])[]> {
  server.configure({ drifts: { [drift]: 1 } });
  const answers = [];
  for (const content of CONTENTS) answers.push(await judged(role, content));
  return answers;
}

const BODY = '#/responses/200/body';
const ARTICLE = `${BODY}/*/usedArticles/*`;
const TYPE = 'breaking response-media-type-changed #/responses/200/headers/content-type';
/** Drifts that show in one answer; on all contents, or on those where it can show. */
const NAMED: readonly (readonly [drift: string, violation: string, role?: string])[] = [
  ['M001', `breaking response-body-type-changed ${BODY}`],
  ['M004', `breaking response-body-type-changed ${BODY}/*`],
  ['M007', `breaking body-not-json ${BODY}`],
  ['M010', `breaking response-required-property-removed ${BODY}/*`],
  ['M013', `breaking response-property-became-optional ${ARTICLE}/documentUrl`],
  ['M016', `behavioural json-duplicate-key ${BODY}/*/message`],
  ['M019', `breaking response-property-type-changed ${BODY}/*/createdAt`],
  ['M022', `breaking response-property-type-changed ${BODY}/*/id`],
  ['M028', `breaking response-property-type-changed ${BODY}/*/externalId`],
  ['M034', `breaking response-property-became-nullable ${BODY}/*/message`],
  ['M040', `breaking response-property-became-nullable ${ARTICLE}/title`],
  ['M046', `breaking response-property-const-changed ${BODY}/*/type`],
  ['M049', `breaking response-property-format-changed ${ARTICLE}/id`],
  ['M052', `breaking timestamp-unit-changed ${BODY}/*/createdAt`],
  ['M055', `breaking response-property-format-changed ${ARTICLE}/documentUrl`],
  ['M058', `behavioural event-order ${BODY}`],
  ['M061', `behavioural event-duplicate-id ${BODY}/*/id`],
  ['M064', `breaking event-missing ${BODY}`, 'agent'],
  ['M070', `behavioural echo-mismatch ${BODY}/*/message`],
  ['M076', `behavioural event-duplicate-id ${BODY}/*/id`],
  ['M091', 'breaking success-status-changed #/responses/200/status'],
  ['M094', 'breaking success-status-changed #/responses/200/status'],
  ['M121', TYPE],
  ['M124', `breaking body-not-utf8 ${BODY}`],
  ['M127', `behavioural unicode-corruption ${BODY}`],
  ['M130', `breaking content-encoding-broken ${BODY}`],
  ['M190', `behavioural reply-empty ${BODY}/*/message`],
  ['M199', `behavioural reply-template-leak ${BODY}/*/message`],
  ['M202', `critical reply-leak ${BODY}/*/message`],
  ['M208', `behavioural reply-role-changed ${BODY}/*/role`],
  ['M211', `additive response-property-added ${BODY}/*/confidence`],
  ['M214', `additive response-property-added ${ARTICLE}/score`],
  ['snake-case', `breaking response-property-renamed ${BODY}/*/createdAt`],
  ['without-resolved', `breaking response-required-property-removed ${BODY}/*/resolved`],
  ['role-case', `breaking response-property-enum-value-added ${BODY}/*/role`],
  ['reply-before-question', `behavioural timestamp-order ${BODY}/*/createdAt`],
  ['clock-skew', `behavioural timestamp-skew ${BODY}/*/createdAt`, 'otherbot'],
  ['role-echoed-wrong', `behavioural event-role-mismatch ${BODY}/*/role`, 'agent'],
  ['article-twice', `behavioural article-duplicate-id ${ARTICLE}/id`],
  ['articles-on-question', `behavioural articles-outside-reply ${BODY}/*/usedArticles`],
  ['utf-16', `breaking body-not-utf8 ${BODY}`],
  ['content-type-missing', TYPE],
];

describe('an answer of the reference server', () => {
  test('is recognised when one like it was checked before', async () => {
    server.configure({ drifts: {} });
    for (let time = 0; time < 3; time++)
      for (const content of CONTENTS) expect(await judged('user', content)).toEqual([]);
    expect(recognised).toBeGreaterThan(4);
  });

  const rows = NAMED.map(([drift, violation, role = 'user']) => [drift, violation, role] as const);
  test.each(rows)('with drift %s breaks one rule: %s', async (drift, violation, role) => {
    const answers = await allJudged(role, drift);
    expect(new Set(answers.flat())).toEqual(new Set([violation]));
    expect(Math.max(...answers.map(({ length }) => length))).toBe(1);
  });

  const LEGAL = [
    2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 25, 29, 32, 33, 39, 42,
  ];
  test.each(LEGAL.map((number) => `L${String(number).padStart(2, '0')}`))(
    'with variation %s breaks none',
    async (id) => {
      expect((await allJudged('user', id)).flat()).toEqual([]);
      expect((await allJudged('agent', id)).flat()).toEqual([]);
    },
  );
});
