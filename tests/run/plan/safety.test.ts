import { describe, expect, it } from 'vitest';
import type { Plan } from '../../../contracts/generated/plan.ts';
import type { Profile } from '../../../contracts/profile.ts';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { nonEmpty } from '../../../scripts/foundation/non-empty.ts';
import { makePlan } from '../../../scripts/run/plan/make-plan.ts';
import { askToConfirm, assertConfirmed, sendingOf } from '../../../scripts/run/plan/safety.ts';
import { CONSTANT, planInput } from './sample-input.ts';

const HARMLESS: Profile = { ...CONSTANT, conversations: 3, harmless: true };

async function attempt(baseUrl: string, profile: Profile, confirmed?: string, conversations?: number) {
  const target = { baseUrl, botId: 'bot', embedded: false };
  const flags = conversations === undefined ? {} : { conversations };
  const plan = makePlan(await planInput({ profile, target, flags }));
  return () => assertConfirmed(sendingOf(plan, profile), confirmed);
}

describe('assertConfirmed', () => {
  it('lets anything go to this machine', async () => {
    expect(await attempt('http://127.0.0.1:1', CONSTANT)).not.toThrow();
  });

  it('lets a harmless scenario go anywhere, until it is made larger', async () => {
    expect(await attempt('https://api.example', HARMLESS)).not.toThrow();
    expect(await attempt('https://api.example', HARMLESS, undefined, 4)).toThrow(/add --confirm-target api.example/);
  });

  it.each([
    [
      'without confirmation',
      undefined,
      /up to [\d,]+ turns to api\.example:8443.*Attributes and Actions.*add --confirm-target api\.example:8443/,
    ],
    ['with another host', 'api.example', /not the host .* use --confirm-target api\.example:8443/],
  ])('refuses %s', async (_name, confirmed, message) => {
    const refused = await attempt('https://api.example:8443', CONSTANT, confirmed);
    expect(refused).toThrow(message);
    expect(refused).toThrow(expect.objectContaining({ exitCode: EXIT.refused }));
  });

  it('takes nothing for harmless whose conversations are long', async () => {
    const turns = Array.from({ length: 40 }, () => ({ content: 'x' }));
    const conversations: Plan['workload']['conversations'] = [{ id: 'a', turns: nonEmpty(turns) }];
    const workload = { source: 'test', sha256: '0', conversations };
    const target = { baseUrl: 'https://api.example', botId: 'bot', embedded: false };
    const plan = makePlan(await planInput({ profile: HARMLESS, target, workload }));
    expect(() => assertConfirmed(sendingOf(plan, HARMLESS), undefined)).toThrow(/up to 120 turns/);
  });

  it.each([
    ['https://api.example:8443', 'api.example:8443'],
    ['https://api.example:8443', 'API.example:8443'],
    ['https://api.example', 'api.example:443'],
    ['https://api.example.', 'api.example'],
    ['https://bücher.example', 'bücher.example'],
    ['https://[2001:db8::1]', '[2001:DB8:0::1]'],
  ])('goes on with the host that was typed: %s, %s', async (url, typed) => {
    expect(await attempt(url, CONSTANT, typed)).not.toThrow();
  });

  it.each(['api.example:444', 'api.example.com', 'api', 'http:', ' ', 'example', 'x@api.example.org'])(
    'does not take another one: %s',
    async (typed) => {
      expect(await attempt('https://api.example', CONSTANT, typed)).toThrow(/is not the host/);
    },
  );

  it('never sends the key in clear text over a network', async () => {
    expect(await attempt('http://api.example', HARMLESS, 'api.example')).toThrow(/clear text/);
  });
});

describe('askToConfirm', () => {
  const SENDING = { what: 'load', baseUrl: 'https://api.example:8443', turns: 1_200, harmless: false };
  const HOST = 'api.example:8443';

  /** Somebody at a terminal who answers so. */
  function person(answer: string | undefined) {
    const asked: string[] = [];
    const ask = (question: string): Promise<string | undefined> => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    return { asked, io: { err: (text: string) => void asked.push(text), ask } };
  }

  it('shows what would be sent, and takes the host that is typed', async () => {
    const { asked, io } = person(` ${HOST} `);
    expect(await askToConfirm(SENDING, undefined, io, 'the plan')).toBe(HOST);
    expect(asked[0]).toBe('the plan');
    expect(asked[1]).toMatch(/up to 1,200 turns to api\.example:8443/);
  });

  it.each([undefined, '', '  '])('takes no answer for none: %j', async (answer) => {
    expect(await askToConfirm(SENDING, undefined, person(answer).io)).toBeUndefined();
  });

  it.each([
    ['the flag is there', SENDING, HOST],
    ['it is harmless', { ...SENDING, harmless: true }, undefined],
    ['it goes to this machine', { ...SENDING, baseUrl: 'http://127.0.0.1:1' }, undefined],
    ['it would be refused anyway', { ...SENDING, baseUrl: 'http://api.example' }, undefined],
  ])('asks nobody where %s', async (_what, sending, typed) => {
    const { asked, io } = person('yes');
    expect(await askToConfirm(sending, typed, io)).toBe(typed);
    expect(asked).toEqual([]);
  });

  it('asks nobody where there is no terminal', async () => {
    expect(await askToConfirm(SENDING, undefined, { err: () => undefined })).toBeUndefined();
  });
});
