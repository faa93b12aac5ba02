import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { entry } from '../../scripts/commands/command-entry.ts';
import { type Judged, judgedDrift, judgedRun } from '../../scripts/commands/judged.ts';
import { notifying } from '../../scripts/commands/notify.ts';
import { HarnessError, usageError } from '../../scripts/foundation/errors.ts';
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import type { Io } from '../../scripts/foundation/io.ts';
import { validatorOf } from '../../scripts/foundation/schema/validator.ts';
import { main } from '../../scripts/main.ts';
import { deadUrl, receiver } from '../http/receiver.ts';
import { recordedIo } from '../io.ts';
import { sampleModel } from '../report/sample-model.ts';

const FOUND: Judged = {
  runId: 'r1',
  scenario: 'load',
  target: 'api.example',
  reasons: ['latency.p95 < 8 s: 9.1 s'],
};

type End = (io: Io) => number;

/** The exit code of a program whose command notifies a webhook, and ends so. */
function ending(notify: string, end: End, found = FOUND, io = recordedIo()): Promise<number> {
  const command = notifying<{ notify: string }>('run', async (_, own, judged) => {
    judged(found);
    return end(own);
  });
  return main(['run'], io, [
    entry('run', 'run', { flags: {}, examples: [] }, async () => (_, own) => command({ notify }, own)),
  ]);
}

/** What a command that ends so posts to a webhook. */
async function posted(end: End, found = FOUND, io = recordedIo()) {
  const { url, received } = await receiver();
  const exitCode = await ending(url, end, found, io);
  for (const { body } of received) {
    const validate = validatorOf('notification');
    expect(validate(body) || validate.errors).toBe(true);
  }
  return { exitCode, bodies: received.map(({ body }) => body) };
}

describe('--notify', () => {
  it('posts one message where a command does not pass, with what it found', async () => {
    const { exitCode, bodies } = await posted(() => EXIT.gateFailed);
    expect(exitCode).toBe(EXIT.gateFailed);
    expect(bodies).toEqual([
      {
        version: 1,
        text: 'fini-harness run of load on api.example: gate-failed (exit code 3). latency.p95 < 8 s: 9.1 s',
        command: 'run',
        exitCode: 3,
        outcome: 'gate-failed',
        ...FOUND,
      },
    ]);
  });

  it.each([EXIT.pass, EXIT.interrupted])('posts nothing at exit code %i', async (code) => {
    expect(await posted(() => code)).toEqual({ exitCode: code, bodies: [] });
  });

  it('has an outcome for every exit code that a command can end with, but for those', async () => {
    const silent: number[] = [EXIT.pass, EXIT.interrupted];
    for (const code of Object.values(EXIT).filter((each) => !silent.includes(each))) {
      expect((await posted(() => code)).bodies).toEqual([expect.objectContaining({ exitCode: code })]);
    }
  });

  it('posts where the command ends by an error, which stays, and not its text', async () => {
    const fail = (error: Error) => () => {
      throw error;
    };
    const refused = new HarnessError(EXIT.unreachable, 'no answer from secret place');
    const { exitCode, bodies } = await posted(fail(refused), { reasons: [] });
    expect(exitCode).toBe(EXIT.unreachable);
    expect(bodies).toEqual([expect.objectContaining({ exitCode: 8, outcome: 'unreachable', reasons: [] })]);
    expect(JSON.stringify(bodies)).not.toContain('secret');
    expect((await posted(fail(new TypeError('x')))).bodies).toEqual([expect.objectContaining({ exitCode: 1 })]);
    expect((await posted(fail(usageError('x')))).bodies).toEqual([expect.objectContaining({ exitCode: 2 })]);
  });

  it.each([EXIT.pass, EXIT.contractViolated])(
    'says that the results of a command that ended with %i are in quarantine',
    async (code) => {
      const key = 'fini_key_0123456789abcdef';
      const folder = mkdtempSync(join(tmpdir(), 'notify-'));
      onTestFinished(() => rmSync(`${folder}.quarantined`, { recursive: true, force: true }));
      const leaking = ({ guard }: Io): number => {
        writeFileSync(join(folder, 'result.json'), key);
        guard.watch(folder);
        return code;
      };
      const said = { ...FOUND, reasons: ['what leaked'] };
      const { exitCode, bodies } = await posted(leaking, said, recordedIo({ env: { FINI_API_KEY: key } }));
      expect(exitCode).toBe(EXIT.leaked);
      expect(bodies).toEqual([expect.objectContaining({ exitCode: 9, outcome: 'quarantined', reasons: [] })]);
      expect(JSON.stringify(bodies)).not.toMatch(/what leaked|fini_key/);
    },
  );

  it('holds no key, no personal data, no control characters and at most ten reasons', async () => {
    const key = 'fini_key_0123456789abcdef';
    const io = recordedIo({ env: { FINI_API_KEY: key } });
    const reasons = [`${key} of me@example.com \u001b[31m`, ...Array.from({ length: 20 }, (_, i) => `gate ${i}`)];
    const { bodies } = await posted(() => EXIT.gateFailed, { reasons, scenario: `a\nb ${key}` }, io);
    expect(JSON.stringify(bodies)).not.toMatch(/fini_key|example\.com/);
    expect(Object.values(bodies[0] ?? {}).join()).not.toMatch(/\p{Cc}/u);
    expect(bodies).toEqual([expect.objectContaining({ reasons: expect.arrayContaining(['gate 8']) })]);
    expect((bodies[0] as Judged).reasons).toHaveLength(10);
  });

  it.each([
    ['refuses it', async () => `${(await receiver({ status: 404 })).url}/T0/token`, 'HTTP 404'],
    ['is not there', async () => `${await deadUrl()}/T0/token`, 'ECONNREFUSED'],
  ])('a webhook that %s changes nothing, and its path is not shown', async (_, urlOf, trouble) => {
    const io = recordedIo();
    expect(await ending(await urlOf(), () => EXIT.contractViolated, FOUND, io)).toBe(EXIT.contractViolated);
    expect(io.said().err).toMatch(
      /^--notify: 127\.0\.0\.1:\d+ did not accept the message: .*\. The verdict is unchanged\.\n$/,
    );
    expect(io.said().err).toContain(trouble);
    expect(io.said().err).not.toContain('token');
  });

  it.each(['run smoke', 'drift', 'capacity', 'compare a b'])(
    'is a flag of %s, checked before anything is done',
    async (line) => {
      const io = recordedIo({ cwd: '/tmp' });
      expect(await main([...line.split(' '), '--notify', 'hooks.example/token'], io)).toBe(EXIT.usage);
      expect(io.said().err).toBe('error: --notify: must be an http or https URL\n');
      const { url, received } = await receiver();
      const unknown = ['--config', 'there-is-none.json', '--notify', url];
      expect(await main([...line.split(' '), ...(line.startsWith('compare') ? unknown.slice(2) : unknown)], io)).toBe(
        EXIT.usage,
      );
      expect(received.map(({ body }) => body)).toEqual([
        expect.objectContaining({ command: line.split(' ')[0], exitCode: 2 }),
      ]);
    },
  );
});

describe('what a notification says of a result', () => {
  it('names the gates that a run did not pass, with limit and value', async () => {
    const { result } = await sampleModel('failing');
    const { reasons, ...about } = judgedRun(result);
    expect(about).toEqual({ runId: result.runId, scenario: 'stress', target: 'reference server' });
    expect(reasons).toHaveLength(result.gates.filter(({ verdict }) => verdict !== 'pass').length);
    expect(reasons).toContain('errors.share ≤ 1%: 1.9%');
    const { result: empty } = await sampleModel('empty');
    expect(judgedRun({ ...empty, gates: [] }).reasons).toEqual([empty.reason]);
  });

  it('names each rule that fails a drift check once, and no text of the service', () => {
    const finding = (rule: string, cls: string, notice = false) => ({
      rule,
      class: cls,
      notice,
      observed: { sample: 'x' },
    });
    const check = (findings: object[], problems: object[] = []) =>
      judgedDrift({
        runId: 'd1',
        target: { baseUrl: 'https://api.example:8443/v2', botId: 'b', embedded: false },
        findings,
        problems,
        judge: { strictAdditive: false, strictStatistical: false },
      } as never);
    const findings = [
      finding('a', 'breaking'),
      finding('a', 'breaking'),
      finding('b', 'additive'),
      finding('c', 'critical', true),
    ];
    expect(check(findings)).toEqual({ runId: 'd1', target: 'api.example:8443', reasons: ['a'] });
    expect(check([], [{ code: 'harness-fault', detail: 'secret text' }]).reasons).toEqual([
      'the check is not complete',
    ]);
  });
});
