import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { turn } from './client.ts';
import { eventAt, goOn, REPLY } from './drifting.ts';
import { visit } from './tour.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
afterEach(() => {
  vi.useRealTimers();
});

describe('a faithful server remembers what the customer gave', () => {
  const CONTENT: readonly (readonly [said: string, asked: string, recalled: string | undefined])[] = [
    ['My order number is 48213.', 'Can you repeat my order number?', '48213'],
    ['It is ABC-99812-x [ref:k3v9q2-1c-4-07h2]', 'Which code did I give you? [ref:k3v9q2-1c-5-17h2]', 'ABC-99812-x'],
    ['Hello there', 'What is my number?', undefined],
    ['My number is 48213.', 'Where is my order?', undefined],
    ['My number is 48213.', 'My new number is 99999, which number do you have?', undefined],
  ];
  it.each(CONTENT)('%s %s', async (said, asked, recalled) => {
    const where = await visit(server);
    await goOn(where, said);
    const { message } = eventAt(await goOn(where, asked), REPLY);
    const gave = /The one that you gave me is (\S+)\.$/.exec(message)?.[1];
    expect(gave).toBe(recalled);
  });

  it('in one conversation only', async () => {
    const where = await visit(server);
    await goOn(where, 'My order number is 48213.');
    const { message } = eventAt(await turn(server, 'What is my order number?'), REPLY);
    expect(message).not.toContain('48213');
  });
});
