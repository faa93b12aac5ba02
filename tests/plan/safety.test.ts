import { describe, expect, it } from 'vitest';
import type { Plan } from '../../contracts/generated/plan.ts';
import type { Profile } from '../../contracts/profile.ts';
import { EXIT } from '../../scripts/exit-codes.ts';
import { nonEmpty } from '../../scripts/non-empty.ts';
import { makePlan } from '../../scripts/plan/make-plan.ts';
import { assertSafe, isLoopback } from '../../scripts/plan/safety.ts';
import { CONSTANT, planInput } from './sample-input.ts';

const HARMLESS: Profile = { ...CONSTANT, conversations: 3, harmless: true };

async function attempt(baseUrl: string, profile: Profile, confirmed?: string, conversations?: number) {
  const target = { baseUrl, botId: 'bot', embedded: false };
  const flags = conversations === undefined ? {} : { conversations };
  const plan = makePlan(await planInput({ profile, target, flags }));
  return () => assertSafe(plan, profile, confirmed);
}

describe('isLoopback', () => {
  it.each([
    ['http://127.0.0.1:8080', true],
    ['http://127.1', true],
    ['http://127.250.0.9', true],
    ['http://localhost', true],
    ['http://api.localhost', true],
    ['http://[::1]:1', true],
    ['https://api-prod.usefini.com', false],
    ['http://127.0.0.1.example.com', false],
    ['http://localhost.example.com', false],
    ['http://10.0.0.1', false],
    ['http://0.0.0.0', false],
    ['http://[::]', false],
  ])('%s: %s', (url, loopback) => {
    expect(isLoopback(url)).toBe(loopback);
  });
});

describe('assertSafe', () => {
  it('lets anything go to this machine', async () => {
    expect(await attempt('http://127.0.0.1:1', CONSTANT)).not.toThrow();
  });

  it('lets a harmless scenario go anywhere, until it is made larger', async () => {
    expect(await attempt('https://api.example', HARMLESS)).not.toThrow();
    expect(await attempt('https://api.example', HARMLESS, undefined, 4)).toThrow(/type --confirm-target api.example/);
  });

  it.each([
    [
      'without confirmation',
      undefined,
      /up to [\d,]+ turns to api\.example:8443.*type --confirm-target api\.example:8443/,
    ],
    ['with another host', 'api.example', /not the host .* type --confirm-target api\.example:8443/],
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
    expect(() => assertSafe(plan, HARMLESS, undefined)).toThrow(/up to 120 turns/);
  });

  it('goes on with the host that was typed', async () => {
    expect(await attempt('https://api.example:8443', CONSTANT, 'api.example:8443')).not.toThrow();
  });

  it('never sends the key in clear text over a network', async () => {
    expect(await attempt('http://api.example', HARMLESS, 'api.example')).toThrow(/clear text/);
  });
});
