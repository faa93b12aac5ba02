import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Io } from '../../foundation/io.ts';
import { jsonText } from '../../foundation/text/printable.ts';
import { main } from '../../main.ts';
import { type ReferenceServer, startReferenceServer } from '../../reference-server/index.ts';
import { newGuard } from '../../secrets/guard.ts';
import { CONFIG, type Subject } from './subjects.ts';

/** A command against a server of its own that goes wrong in one way. */
export interface Trial {
  readonly subject: Subject;
  readonly fault: string;
  /** Share of the requests that go wrong. */
  readonly rate: number;
  /** Of a request, where the usual one is too short for the fault to show. */
  readonly timeout?: string;
}

/** What became of it, while its folder and its server are still there. */
export interface Tried {
  readonly exitCode: number;
  readonly seconds: number;
  /** The folder of its results. */
  readonly out: string;
  readonly said: string;
  readonly server: ReferenceServer;
  /** Answers of the server before the command began, by route and status. */
  readonly before: Requests;
}

type Requests = ReturnType<ReferenceServer['truth']>['requests'];

/** Longer than this is a hang. */
const PATIENCE_MS = 120_000;

/** Runs a trial, and hands what became of it to `look`. */
export async function tryFault<Seen>(trial: Trial, look: (tried: Tried) => Seen | Promise<Seen>): Promise<Seen> {
  const { subject, fault, rate, timeout = CONFIG.timeout } = trial;
  const server = await startReferenceServer({ service: { law: 'constant', meanMs: 5 } });
  const cwd = await mkdtemp(join(tmpdir(), 'fini-faults-'));
  const out = join(cwd, 'out');
  const files = ['--config', join(cwd, 'config.json'), '--out', out];
  try {
    await writeFile(join(cwd, 'config.json'), JSON.stringify({ ...CONFIG, ...subject.config, timeout }));
    for (const [name, text] of Object.entries(subject.files ?? {})) await writeFile(join(cwd, name), text);
    if (subject.prelude !== undefined) await fini([...subject.prelude, ...files], server, cwd);
    const before = server.truth().requests;
    server.configure({ faults: { [fault]: { rate, routes: [...subject.routes] } } });
    const done = await fini([...subject.args, ...(subject.kind === 'audit' ? [out] : files)], server, cwd);
    return await look({ ...done, out, server, before });
  } finally {
    await server.close(0);
    await rm(cwd, { recursive: true });
  }
}

async function fini(args: readonly string[], { url, botId, keys }: ReferenceServer, cwd: string) {
  let said = '';
  const say = (text: string): void => {
    said += text;
  };
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, FINI_BASE_URL: url, FINI_BOT_ID: botId, FINI_API_KEY: keys.readWrite };
  const io: Io = {
    out: say,
    json: (value) => say(jsonText(value)),
    reveal: say,
    err: say,
    redraw: say,
    readStdin: () => Promise.resolve(''),
    insecureTls: false,
    guard: newGuard(env),
    env,
    cwd,
    interactive: false,
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  const begun = performance.now();
  const exitCode = await main(args, io);
  return { exitCode, said, seconds: (performance.now() - begun) / 1000 };
}
