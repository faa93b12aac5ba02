import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { PACKAGE_ROOT } from '../../scripts/foundation/package-root.ts';

interface Step {
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const ACTION = parse(readFileSync(join(PACKAGE_ROOT, 'action.yml'), 'utf8')) as {
  inputs: Record<string, { default: string }>;
  runs: { steps: Step[] };
};

const FAST = { thinkTime: { mean: '0s' } };

/** A stand-in for GitHub's API: the comments of one pull request. */
const comments: { id: number; body: string; user: { type: string } }[] = [];
const api: Server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { body = '' } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { body?: string };
  const own = comments.find(({ id }) => request.url?.endsWith(`/issues/comments/${id}`));
  if (request.headers.authorization !== 'Bearer token-of-the-job') response.statusCode = 401;
  else if (request.method === 'POST') comments.push({ id: comments.length + 1, body, user: { type: 'Bot' } });
  else if (request.method === 'PATCH' && own !== undefined) own.body = body;
  response.end(JSON.stringify(request.method === 'GET' ? comments : {}));
});

let root: string;
let folder: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  root = mkdtempSync(join(tmpdir(), 'fini-action-'));
  folder = join(root, 'a project');
  mkdirSync(join(folder, 'node_modules'), { recursive: true });
  writeFileSync(join(folder, 'fast.json'), JSON.stringify(FAST));
  symlinkSync(PACKAGE_ROOT, join(folder, 'node_modules', 'fini-harness'));
});
afterAll(() => {
  api.close();
  rmSync(root, { recursive: true, force: true });
});

interface Outcome {
  readonly exitCode: number | undefined;
  readonly said: string;
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** Runs the action's `run:` steps one after the other, as a runner would with these inputs. */
async function act(inputs: Readonly<Record<string, string>>, token = 'token-of-the-job'): Promise<Outcome> {
  const defaults = Object.entries(ACTION.inputs).map(([name, input]) => [`inputs.${name}`, input.default]);
  const given = Object.entries(inputs).map(([name, value]) => [`inputs.${name}`, value]);
  const context: Record<string, string> = {
    ...Object.fromEntries([...defaults, ...given]),
    'inputs.github-token': token,
    'github.action_path': PACKAGE_ROOT,
    'github.event.pull_request.number': '7',
    'runner.temp': join(root, 'temp'),
  };
  const [output, summary] = [join(root, 'output'), join(root, 'summary')];
  writeFileSync(summary, '');
  let said = '';
  let exitCode: number | undefined = 0;
  for (const { id, run, env = {}, if: condition } of ACTION.runs.steps) {
    if (run === undefined || (exitCode !== 0 && condition === undefined)) continue;
    if (exitCode !== 0 || (condition?.includes("inputs.comment == 'true'") && context['inputs.comment'] !== 'true'))
      continue;
    writeFileSync(output, '');
    const filled = Object.entries(env).map(([name, value]) => [name, fill(value, context)]);
    const step = await execa('bash', ['-e', '-o', 'pipefail', '-c', run], {
      cwd: folder,
      reject: false,
      all: true,
      env: {
        ...Object.fromEntries(filled),
        // The k6 of this machine, whatever cache the action would restore.
        FINI_HARNESS_CACHE: process.env.FINI_HARNESS_CACHE,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_REPOSITORY: 'owner/project',
        GITHUB_API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}`,
      },
    });
    said += step.all;
    exitCode = step.exitCode;
    for (const [, name, value] of readFileSync(output, 'utf8').matchAll(/^([\w-]+)=(.*)$/gm)) {
      context[`steps.${id}.outputs.${name}`] = value ?? '';
    }
  }
  return { exitCode, said, summary: readFileSync(summary, 'utf8'), outputs: context };
}

const fill = (text: string, context: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => context[name] ?? '');

describe('the action', () => {
  it('takes inputs by the environment only, and pins other actions by hash', () => {
    for (const { run = '', uses = '' } of ACTION.runs.steps) {
      expect(run).not.toContain('${{');
      if (uses !== '') expect(uses).toMatch(/@[0-9a-f]{40}$/);
    }
  });

  it('runs, says the verdict, and keeps one comment up to date', async () => {
    comments.splice(0, comments.length, {
      id: 1,
      body: '<!-- fini-harness: gate --> not from here',
      user: { type: 'User' },
    });
    // Of a try before this one.
    rmSync(join(folder, 'results'), { recursive: true, force: true });
    const first = await act({
      arguments: 'smoke --embedded --quiet --conversations 1 --config fast.json',
      name: 'gate',
      comment: 'true',
    });
    expect(first).toMatchObject({ exitCode: 0, summary: expect.stringContaining('Pass: smoke') });
    expect(first.outputs).toMatchObject({
      'steps.run.outputs.verdict': 'pass',
      'steps.run.outputs.exit-code': '0',
      'steps.prepare.outputs.folder': 'results/gate',
      'steps.prepare.outputs.key': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(comments.map(({ body }) => body.includes('Pass: smoke'))).toEqual([false, true]);
    rmSync(join(folder, 'results', 'gate'), { recursive: true });
    writeFileSync(
      join(folder, 'strict.json'),
      JSON.stringify({ ...FAST, gates: [{ metric: 'latency.max', op: '<', limit: 0.001 }] }),
    );
    const second = await act({
      arguments: "smoke --embedded --quiet --conversations 1 --config 'strict.json'",
      name: 'gate',
      comment: 'true',
    });
    expect(second.exitCode).not.toBe(0);
    expect(second.said).toContain('::error title=fini-harness run::exit code ');
    expect(comments).toHaveLength(2);
    expect(comments[1]?.body).not.toContain('Pass: smoke');
    expect(comments[0]?.body).toContain('not from here');
  });

  it.each([
    [{ command: 'rm -rf /' }, '::error::command: run, drift or capacity'],
    [{ name: '../x' }, '::error::name: letters, digits and . _ -'],
    [{ name: 'a b' }, '::error::name: '],
  ])('refuses %j', async (inputs, message) => {
    const { exitCode, said } = await act(inputs);
    expect(said).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('takes hostile arguments as words', async () => {
    const { exitCode, outputs } = await act({ arguments: '"$(touch pwned)" ; touch pwned', name: 'hostile' });
    expect(outputs['steps.run.outputs.exit-code']).toBe('2');
    expect(exitCode).toBe(2);
    await expect(execa('ls', { cwd: folder })).resolves.not.toMatchObject({ stdout: expect.stringContaining('pwned') });
  });
});
