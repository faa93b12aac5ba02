import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../scripts/main.ts';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';
import { heldRun, runFolderOf } from './held-run.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
beforeEach(() => {
  server.configure({ faults: null, drifts: null });
  server.reset();
});

const QUICK = ['--visible-within', '1ms'];

async function command(argv: readonly string[], env: Record<string, string> = { FINI_API_KEY: server.keys.readWrite }) {
  const io = recordedIo({ env, cwd: scratch() });
  return { exitCode: await main(argv, io), ...io.said() };
}
const gets = (): number =>
  Object.values(server.truth().requests['get-conversation'] ?? {}).reduce((sum, count) => sum + count, 0);
const lineOf = (interactionId: string): string => `${JSON.stringify({ interactionId, status: 200, late: {} })}\n`;

describe.each(['audit', 'cleanup'])('%s says what is wrong with', (name) => {
  const target = { baseUrl: 'https://api.example.com', botId: 'bot', embedded: false };

  it('a folder that is none of a run', async () => {
    expect(await command([name, '.'])).toMatchObject({ exitCode: 2, err: expect.stringContaining('run.json') });
  });

  it.each([
    ['a service that ended with the run', { embedded: true }, 2, `use run --${name}`],
    ['a host that nobody confirmed', {}, 7, 'add --confirm-target api.example.com'],
    ['a key in clear text', { baseUrl: 'http://api.example.com' }, 7, 'in clear text'],
    ['a service that is not there', { baseUrl: 'http://127.0.0.1:9' }, 8, 'cannot reach'],
  ])('%s', async (_, over, exitCode, err) => {
    const folder = await runFolderOf(scratch(), { ...target, ...over }, []);
    expect(await command([name, folder])).toMatchObject({ exitCode, out: '', err: expect.stringContaining(err) });
  });

  it('a key that is missing, refused, or cannot read', async () => {
    const folder = await heldRun(scratch(), server, 1);
    expect(await command([name, folder], {})).toMatchObject({ exitCode: 2 });
    expect(await command([name, folder], { FINI_API_KEY: 'wrong-key' })).toMatchObject({ exitCode: 8 });
    const { exitCode, err } = await command([name, folder], { FINI_API_KEY: server.keys.write });
    expect({ exitCode, err }).toMatchObject({ exitCode: 8, err: expect.stringContaining('lacks the read scope') });
  });
});

describe('audit', () => {
  it('of a run that sent nothing is no pass', async () => {
    const { url: baseUrl, botId } = server;
    const folder = await runFolderOf(scratch(), { baseUrl, botId, embedded: false }, []);
    expect(await command(['audit', folder])).toMatchObject({ exitCode: 6 });
  });

  it('of conversations that the service does not show is no pass', async () => {
    const folder = await heldRun(scratch(), server, 2);
    server.configure({ faults: { 'status-403': { rate: 1, routes: ['get-conversation'] } } });
    const { exitCode, out } = await command(['audit', folder, ...QUICK]);
    expect({ exitCode, out }).toMatchObject({ exitCode: 6, out: expect.stringContaining('2 of 2') });
  });

  it.each([
    ['message-altered', 'altered'],
    ['time-altered', 'altered'],
    ['order-altered', 'reordered'],
    ['M160', 'lost'],
    ['M166', 'lost'],
    ['M169', 'reordered'],
    ['echo-lower', 'altered'],
  ])('tells of drift %s as %s, and nothing else', async (drift, kind) => {
    server.configure({ drifts: { [drift]: 1 } });
    const folder = await heldRun(scratch(), server, 3);
    const { exitCode, out } = await command(['audit', folder, '--json', ...QUICK]);
    const { findings } = JSON.parse(out) as { findings: { kind: string }[] };
    expect(exitCode).toBe(4);
    expect(new Set(findings.map((finding) => finding.kind))).toEqual(new Set([kind]));
  });

  it('goes on where it was interrupted', async () => {
    const folder = await heldRun(scratch(), server, 4);
    await command(['audit', folder, ...QUICK]);
    expect(gets()).toBe(4);
    expect(existsSync(join(folder, 'audit.ndjson'))).toBe(false);

    const stop = new AbortController();
    const io = recordedIo({
      env: { FINI_API_KEY: server.keys.readWrite },
      cwd: folder,
      signal: stop.signal,
      err: (text) => void (text.startsWith('Auditing') && stop.abort('SIGINT')),
    });
    expect(await main(['audit', folder, ...QUICK], io)).toBe(130);

    // As it is left when the interruption comes later: two were read, one line is torn.
    const ids = server.turns().map(({ interactionId }) => interactionId ?? '');
    const read = await Promise.all(ids.slice(0, 2).map(stored));
    const lines = read.map((one) => JSON.stringify({ interactionId: one.id, stored: one, status: 200, late: {} }));
    writeFileSync(join(folder, 'audit.ndjson'), `${lines.join('\n')}\n${lineOf('torn').slice(0, 20)}`);
    const before = gets();
    expect(await command(['audit', folder, ...QUICK])).toMatchObject({ exitCode: 0 });
    expect(gets() - before).toBe(2);
    expect(JSON.parse(readFileSync(join(folder, 'audit.json'), 'utf8'))).toMatchObject({ counts: { read: 4 } });
  });
});

/** A conversation as an audit keeps it. */
async function stored(id: string) {
  const { storedConversation } = await import('../../scripts/http/stored-conversation.ts');
  const answer = await fetch(`${server.url}/v2/hc-interactions/${id}/public`, {
    headers: { authorization: `Bearer ${server.keys.readWrite}` },
  });
  const conversation = storedConversation(await answer.json());
  if (conversation === undefined) throw new Error(`no conversation ${id}`);
  return conversation;
}
