import { describe, expect, it } from 'vitest';
import { readHar } from '../../../scripts/workload/import/read-har.ts';
import { readAll, refusal } from './files.ts';
import { type HarCall, harEntry, harText } from './har.ts';

const AT = Date.UTC(2026, 0, 31, 9, 30);
const call = (over: Partial<HarCall> = {}) =>
  harEntry({ at: AT, body: { content: 'hello', interactionId: 'i1' }, ...over });
const read = (...entries: readonly object[]) => readAll(readHar, 'a.har', harText(entries));
const event = (id: string) => ({ id, role: 'user', createdAt: AT, message: 'hello' });
const reading = (body: unknown) => ({
  ...call(),
  request: { method: 'GET', url: 'https://api.example/v2/hc-interactions/public?limit=5' },
  response: { status: 200, content: { text: JSON.stringify(body) } },
});

describe('a HAR file', () => {
  it('has the turns of its calls of Generate Answer, and their answers', async () => {
    const { messages, notes } = await read(
      call(),
      reading({ interactions: [] }),
      { ...call(), request: { method: 'GET', url: 'https://example.com/logo.png' } },
      { ...call(), request: { method: 'POST', url: 'https://example.com/other' } },
      call({ at: AT + 60_000, body: { content: 'thanks', interactionId: 'i1', metadata: { plan: 'gold' } } }),
    );
    const said = { conversation: 'i1', role: 'user' };
    expect(messages).toEqual([
      { ...said, at: AT, chars: 5, text: 'hello', attributes: undefined },
      { conversation: 'i1', at: AT + 2_000, role: 'finibot', chars: 0 },
      { ...said, at: AT + 60_000, chars: 6, text: 'thanks', attributes: { plan: 'gold' } },
      { conversation: 'i1', at: AT + 62_000, role: 'finibot', chars: 0 },
    ]);
    expect(notes).toEqual([]);
  });

  it.each<[string, Partial<HarCall>]>([
    ['an agent', { body: { content: 'hello', interactionId: 'i1', role: 'agent' } }],
    ['a turn that failed', { status: 500 }],
    ['a turn without an answer', { status: 0, time: -1 }],
  ])('has no answer of the service to %s', async (_, over) => {
    expect((await read(call(over))).messages).toHaveLength(1);
  });

  it.each([
    ['List conversations', { interactions: [{ id: 'i9', events: [event('e1')] }] }, undefined],
    ['Get conversation', { id: 'i9', events: [event('e1')] }, undefined],
    ['Get conversation, in base64', { id: 'i9', events: [event('e1')] }, 'base64'],
  ])('gives a turn without interactionId the conversation that %s shows', async (_, body, encoding) => {
    const answer = JSON.stringify([event('e1')]);
    const first = call({ body: { content: 'hello', botId: 'b' }, answer, encoding });
    const { messages, notes } = await read(
      first,
      reading(body),
      call({ body: { content: 'more', interactionId: 'i9' } }),
    );
    expect(new Set(messages.map(({ conversation }) => conversation))).toEqual(new Set(['i9']));
    expect(notes).toEqual([]);
  });

  it('says where turns could not be given a conversation', async () => {
    const start = { body: { content: 'hello', botId: 'b' } };
    const { messages, notes } = await read(call(start), call(start));
    expect(new Set(messages.map(({ conversation }) => conversation)).size).toBe(2);
    expect(notes).toEqual([{ code: 'turns-unlinked', turns: 2 }]);
  });

  const broken = (over: object): string => harText([call(), { ...call(), ...over }]);
  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'a.har:1: the file is empty'],
    ['a torn end', harText([call()]).slice(0, -30), 'is not valid JSON'],
    ['a torn start of many lines', `{\n\n"log": {]}`, 'a.har:3: is not valid JSON'],
    ['deep JSON', '['.repeat(1_000_000), 'a.har:1: is not valid JSON'],
    ['other JSON', '{"entries":[]}', 'a.har is not a HAR file'],
    ['null', 'null', 'a.har is not a HAR file'],
    ['no calls', harText([]), 'a.har has no call of Generate Answer'],
    ['an entry without a request', harText([call(), null as never]), 'a.har: entry 2: has no request'],
    ['a bad time', broken({ startedDateTime: 'Henrietta' }), 'a.har: entry 2: startedDateTime is not a time'],
    ['no body', broken({ request: { ...call().request, postData: undefined } }), 'entry 2: the request has no body'],
    ['a torn body', broken({ request: { ...call().request, postData: { text: '{"content":"Henri' } } }), 'has no body'],
    ['an unknown role', harText([call({ body: { content: 'x', role: 'Henrietta' } })]), 'entry 1: role is unknown'],
  ])('with %s is refused', async (_, content, message) => {
    const said = await refusal(readHar, 'a.har', content);
    expect(said).toContain(message);
    expect(said).not.toContain('Henri');
  });
});
