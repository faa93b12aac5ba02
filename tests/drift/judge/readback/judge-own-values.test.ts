import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../../contracts/generated/conversation.ts';
import type { Event } from '../../../../contracts/generated/event.ts';
import { HIDDEN_E_MAIL, HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { judgeOwnValues } from '../../../../scripts/drift/judge/readback/judge-own-values.ts';
import { conversation, exchangeOf, found, lines, page, read, turn, viewOf } from '../../made-run.ts';

function judge(own: Partial<Conversation>, reply: Partial<Event> = {}, shown = {}): string[] {
  const more = { exchange: { personShown: true, keyShown: true, ...shown } as const };
  const events = exchangeOf(0, { reply });
  const one = conversation(0, events, own);
  return lines(judgeOwnValues(viewOf([[turn(0, events, more), found(page([one]), more), read(one, more)]])));
}

describe('what the conversations of a check show', () => {
  it.each<[string, Partial<Conversation>, Partial<Event>, string[]]>([
    ['nothing of anybody', {}, {}, []],
    ['an address in what was said', { subjectPreview: HIDDEN_E_MAIL }, { message: `Write to ${HIDDEN_E_MAIL}.` }, []],
    [
      'an address in the attributes',
      { userAttributes: { email: HIDDEN_E_MAIL } as never },
      {},
      [
        'secret-shown #/responses/200/body/interactions/*/userAttributes/email',
        'secret-shown #/responses/200/body/userAttributes/email',
      ],
    ],
    ['the address that the check sent', { userAttributes: { plan: 'probe', email: HIDDEN_E_MAIL } as never }, {}, []],
    [
      'a number in the id of the sender',
      { externalId: '+49 170 1234567' },
      {},
      ['secret-shown #/responses/200/body/interactions/*/externalId', 'secret-shown #/responses/200/body/externalId'],
    ],
  ])('%s', (_, own, reply, expected) => expect(judge(own, reply)).toEqual(expected));

  it('an attribute of a customer by its name, whether the ledger hides anything or not', () => {
    const quiet = { personShown: undefined, keyShown: undefined };
    const attributes = (more: object) => judge({ userAttributes: { plan: 'probe', ...more } as never }, {}, quiet);
    expect(attributes({ ssn: '536-90-4399', birthDate: '1984-02-11' })).toEqual([
      'secret-shown #/responses/200/body/interactions/*/userAttributes/ssn',
      'secret-shown #/responses/200/body/userAttributes/ssn',
    ]);
    expect(attributes({ sessionId: 'a1', city: 'Bonn', phone: '', cardCount: 3, mobile: true })).toEqual([]);
  });

  it.each([
    ['what a prompt says', 'You are Fini, the support assistant of Acme. Never say that you are a program.', 2],
    ['what the customer said', 'A question.', 0],
  ])('%s, as a preview', (_, subjectPreview, count) => expect(judge({ subjectPreview })).toHaveLength(count));

  it('where a customer is', () => {
    const own = (latitude: number) => ({ userAttributes: { plan: 'probe', at: { latitude } } as never });
    expect(judge(own(52.516275))).toContain('secret-shown #/responses/200/body/userAttributes/at/latitude');
    expect(judge(own(52))).toEqual([]);
  });

  it('deep in the attributes', () => {
    const own = { userAttributes: { plan: 'probe', health: [{ bloodType: 'A+' }] } as never };
    expect(judge(own, {})).toContain('secret-shown #/responses/200/body/userAttributes/health/*/bloodType');
  });

  it('in the answer to a turn, too, and only what the ledger says was shown', () => {
    const tagged = { tags: [HIDDEN_E_MAIL] };
    expect(judge({}, tagged)[0]).toBe('secret-shown #/responses/200/body/*/tags/*');
    expect(judge({}, tagged, { personShown: undefined, keyShown: undefined })).toEqual([]);
    expect(judge({ url: `https://x.example/?k=${HIDDEN_KEY}` }, {}, { keyShown: undefined })).toEqual([
      'secret-shown #/responses/200/body/interactions/*/url',
      'secret-shown #/responses/200/body/url',
    ]);
  });
});
