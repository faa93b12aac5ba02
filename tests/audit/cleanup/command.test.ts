import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../scripts/main.ts';
import { type ReferenceServer, startReferenceServer } from '../../../scripts/reference-server/index.ts';
import { scratch } from '../../cli/scratch.ts';
import { recordedIo } from '../../io.ts';
import { heldRun } from '../held-run.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
beforeEach(() => server.reset());

async function cleanup(folder: string, ...flags: string[]) {
  const io = recordedIo({ env: { FINI_API_KEY: server.keys.readWrite }, cwd: folder });
  return { exitCode: await main(['cleanup', folder, ...flags], io), ...io.said() };
}

async function call(path: string, body?: object): Promise<Response> {
  const headers = { authorization: `Bearer ${server.keys.readWrite}`, 'content-type': 'application/json' };
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  return fetch(`${server.url}/v2/hc-interactions/${path}`, init);
}

/** A customer's conversation; returns its id. */
async function customer(content = 'My parcel is lost.'): Promise<string> {
  await call('events/public', { botId: server.botId, content });
  return server.turns().at(-1)?.interactionId ?? '';
}
const isThere = async (id: string): Promise<boolean> => (await call(`${id}/public`)).status === 200;

/** As if the run had been led to a conversation that is not its own. */
function claim(folder: string, interactionId: string): void {
  const end = { template: 'one', outcome: 'completed', turnsPlanned: 1, turnsSent: 1 };
  const line = { kind: 'conversation', conversation: 0, lane: 0, at: Date.now(), ...end, interactionId };
  appendFileSync(join(folder, 'turns.ndjson'), `${JSON.stringify(line)}\n`);
}

describe('cleanup', () => {
  it('removes what the run began, whether the ledger knows its id or not', async () => {
    const folder = await heldRun(scratch(), server, 60);
    writeFileSync(join(folder, '.texts.ndjson'), '{}\n');
    const theirs = await customer();
    const ours = server.turns().flatMap(({ interactionId }) => (interactionId === theirs ? [] : (interactionId ?? [])));
    expect(await cleanup(folder, '--dry-run')).toMatchObject({ exitCode: 0 });
    expect(existsSync(join(folder, '.texts.ndjson'))).toBe(true);
    expect(await cleanup(folder)).toMatchObject({
      exitCode: 0,
      out: '60 conversations removed.\n',
      err: expect.stringContaining('The stored texts of its turns are removed.'),
    });
    expect(existsSync(join(folder, '.texts.ndjson'))).toBe(false);
    expect(await Promise.all(ours.map(isThere))).toEqual(ours.map(() => false));
    expect(await isThere(theirs)).toBe(true);
    const { removed } = JSON.parse(readFileSync(join(folder, 'cleanup.json'), 'utf8')) as { removed: string[] };
    expect([...removed].sort()).toEqual([...ours].sort());
  });

  it.each([
    ['partly done, and nothing is', { 'status-406': { rate: 1, routes: ['delete-conversations' as const] } }],
    ['that it failed', { 'status-500': { rate: 1, routes: ['delete-conversations' as const] } }],
  ])('looks again where the service says %s', async (_, faults) => {
    const folder = await heldRun(scratch(), server, 3);
    const ours = server.turns().map(({ interactionId }) => interactionId ?? '');
    server.configure({ faults });
    expect(await cleanup(folder)).toMatchObject({ exitCode: 0, out: '3 conversations removed.\n' });
    server.configure({ faults: null });
    expect(await Promise.all(ours.map(isThere))).toEqual([false, false, false]);
  });

  it('says so where the service removes nothing, whatever it answers', async () => {
    const folder = await heldRun(scratch(), server, 2);
    server.configure({ drifts: { 'deleted-kept': 1 } });
    const { exitCode, out } = await cleanup(folder);
    server.configure({ drifts: null });
    expect({ exitCode, out }).toMatchObject({ exitCode: 4, out: expect.stringContaining('Could not be removed: 2') });
  });

  it("never removes a customer's conversation, even where the ledger names it", async () => {
    const theirs = await customer();
    const folder = await heldRun(scratch(), server, 2);
    claim(folder, theirs);
    const { exitCode, out } = await cleanup(folder);
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('Not removed, because they begin with a message of another sender'),
    });
    expect(out).toContain(theirs);
    expect(await isThere(theirs)).toBe(true);
  });

  it("never removes a customer's conversation that a turn of the run went into", async () => {
    const theirs = await customer();
    const folder = await heldRun(scratch(), server, 1);
    const [, sent] = server.turns();
    const events = await (await call(`${sent?.interactionId}/public`)).json();
    const [{ message }] = (events as { events: [{ message: string }] }).events;
    await call('events/public', { interactionId: theirs, content: message });
    expect(await cleanup(folder)).toMatchObject({ exitCode: 0 });
    expect(await isThere(theirs)).toBe(true);
  });

  it('that is repeated, or has only some left to do, ends well', async () => {
    const folder = await heldRun(scratch(), server, 3);
    const [first] = server.turns();
    await fetch(`${server.url}/v2/hc-interactions/${first?.interactionId}/public`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${server.keys.readWrite}` },
    });
    expect(await cleanup(folder)).toMatchObject({ exitCode: 0, out: '2 conversations removed.\n' });
    expect(await cleanup(folder)).toMatchObject({ exitCode: 0, out: '0 conversations removed.\n' });
  });

  it('with a key that may not remove leaves the run as it was: it can still be audited', async () => {
    const folder = await heldRun(scratch(), server, 2);
    server.configure({ faults: { 'status-403': { rate: 1, routes: ['delete-conversations'] } } });
    expect(await cleanup(folder)).toMatchObject({ exitCode: 8, err: expect.stringContaining('write scope') });
    server.configure({ faults: null });
    expect(existsSync(join(folder, 'cleanup.json'))).toBe(false);
    const io = recordedIo({ env: { FINI_API_KEY: server.keys.readWrite }, cwd: folder });
    expect(await main(['audit', folder, '--visible-within', '1ms'], io)).toBe(0);
  });
});
