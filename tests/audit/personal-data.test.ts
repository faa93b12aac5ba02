import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../contracts/generated/plan.ts';
import { main } from '../../scripts/main.ts';
import { type ReferenceServer, startReferenceServer } from '../../scripts/reference-server/index.ts';
import { protectPlan } from '../../scripts/run/plan/protect-plan.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { planRecord } from '../../scripts/secrets/plan-record.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';
import { listening, server as serverOf } from '../secrets/echo.ts';
import { heldRun } from './held-run.ts';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startReferenceServer();
});
afterAll(() => server.close(0));
beforeEach(() => server.reset());

/** Stands before the service, which from then on has this datum in the ids of what a run stored. */
async function naming(datum: string): Promise<string> {
  const ids = server.turns().flatMap(({ interactionId }) => interactionId ?? []);
  const behind = (shown: string): string => ids.reduce((all, id) => all.replaceAll(`${datum}-${id}`, id), shown);
  const before = (own: string): string => ids.reduce((all, id) => all.replaceAll(id, `${datum}-${id}`), own);
  return listening(
    serverOf(async (request, response) => {
      const { method = 'GET', url = '/', headers } = request;
      const body = behind(await text(request));
      const answer = await fetch(`${server.url}${behind(decodeURIComponent(url))}`, {
        method,
        headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
        ...(body === '' ? {} : { body }),
      });
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      response.end(before(await answer.text()));
    }),
  );
}

interface Case {
  readonly what: string;
  /** In the configuration of the folder in which the command runs. */
  readonly personalData: object;
  readonly datum: string;
}

const CASES: readonly Case[] = [
  { what: 'a value', personalData: { values: ['Ada Lovelace'] }, datum: 'Ada Lovelace' },
  { what: 'a pattern', personalData: { patterns: ['\\+49\\d{6,}'] }, datum: '+491701234567' },
  { what: 'a pattern of digits', personalData: { patterns: ['\\d{12,}'] }, datum: '170123456789' },
  { what: 'what the workload says in a field', personalData: { fields: ['name'] }, datum: 'Grace Hopper' },
];

/** A command on a run, whose folder holds no personal data any more; the configuration does. */
async function on(name: 'audit' | 'cleanup', { personalData, datum }: Case) {
  const script = { id: 'one', turns: [{ content: 'Where is it?' }], metadata: { name: 'Grace Hopper' } };
  const cwd = scratch({ 'fini-harness.config.json': { personalData }, 'talk.jsonl': JSON.stringify(script) });
  const folder = await heldRun(cwd, server, 2);
  const plan = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')) as Plan;
  const io = recordedIo({ env: { FINI_API_KEY: server.keys.readWrite }, cwd });
  const target = { ...plan.target, baseUrl: await naming(datum) };
  const workload = await readWorkload(join(cwd, 'talk.jsonl'), 'talk.jsonl');
  const run = { ...plan, target, workload, config: { ...plan.config, personalData } };
  const { guard } = recordedIo();
  protectPlan(run, { guard });
  writeFileSync(join(folder, 'run.json'), JSON.stringify(planRecord(run, guard.redact)));
  const argv = name === 'audit' ? ['audit', folder, '--visible-within', '1ms', '--json'] : ['cleanup', folder];
  const exitCode = await main(argv, io);
  const files = readdirSync(folder).filter((file) => !['run.json', 'turns.ndjson'].includes(file));
  const written = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
  return { exitCode, files, written, said: `${io.said().out}${io.said().err}` };
}

describe('the audit', () => {
  it.each(CASES)('does not write $what', async (each) => {
    server.configure({ drifts: { 'message-altered': 1 } });
    const { exitCode, files, written, said } = await on('audit', each);
    server.configure({ drifts: null });
    expect(exitCode, said).toBe(4);
    expect(files).toEqual(['audit.json']);
    // It did come.
    expect(written).toContain('[personal]');
    expect(said).toContain('[personal]');
    expect(written + said).not.toContain(each.datum);
    expect(JSON.parse(written)).toMatchObject({ version: 3, startedAt: expect.any(Number) });
  });
});

describe('the clean-up', () => {
  it.each(CASES)('does not write $what', async (each) => {
    const { exitCode, files, written, said } = await on('cleanup', each);
    expect(exitCode, said).toBe(0);
    expect(files).toEqual(['cleanup.json']);
    expect(written).toContain('[personal]');
    expect(written + said).not.toContain(each.datum);
    expect(JSON.parse(written)).toMatchObject({ version: 1, at: expect.any(Number) });
  });
});
