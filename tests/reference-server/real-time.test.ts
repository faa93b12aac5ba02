import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PINNED } from '../../scripts/k6/pin.ts';
import { provideK6 } from '../../scripts/k6/provision.ts';
import { processIo } from '../../scripts/process-io.ts';
import type { ReferenceServerOptions } from '../../scripts/reference-server/index.ts';
import { random } from '../../scripts/reference-server/random.ts';
import { type Child, startChild } from './child.ts';
import { GENERATE } from './client.ts';
import { meanSojourn, sojournQuantile } from './queueing.ts';
import { mean, meanError, poisson, quantile } from './simulate.ts';

// What only real time can show. It needs a machine that does little else: npm run test:reference.
const LONG = process.env.FINI_HARNESS_LONG === '1';
const SECONDS = 90;

let folder: string;
let files = 0;
const file = async (content: string): Promise<string> => {
  const path = join(folder, `${files++}`);
  await writeFile(path, content);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reference-server-'));
});
afterAll(() => rm(folder, { recursive: true }));

let server: Child;
const start = async (options: ReferenceServerOptions) => {
  server = await startChild(options, file);
};
afterEach(() => server?.stop());

/** Sends a turn; resolves with its latency in ms. */
async function send(agent: Agent): Promise<number> {
  const start = performance.now();
  const headers = { authorization: `Bearer ${server.keys.readWrite}`, 'content-type': 'application/json' };
  const body = JSON.stringify({ botId: server.botId, content: 'Where is my order?' });
  await new Promise((resolve, reject) => {
    const sent = request(`${server.url}${GENERATE}`, { method: 'POST', agent, headers }, (response) => {
      text(response).then(resolve, reject);
    });
    sent.on('error', reject).end(body);
  });
  return performance.now() - start;
}

/** Sends Poisson turns for a while; resolves with their latencies. */
async function load(perSecond: number, seconds: number, seed: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true });
  const start = performance.now();
  const sent: Promise<number>[] = [];
  for (const at of poisson(perSecond, Math.round(perSecond * seconds), random(seed))) {
    const wait = start + at - performance.now();
    if (wait > 0) await sleep(wait);
    sent.push(send(agent));
  }
  const latencies = await Promise.all(sent);
  agent.destroy();
  return latencies;
}

describe.runIf(LONG)('in real time', () => {
  it.each([1, 2, 4, 8])(
    'M/M/%i at rho 0.6 meets the formulas within 3 corrected standard errors',
    async (servers) => {
      const meanMs = 60;
      const queue = { servers, serviceRate: 1 / meanMs, arrivalRate: (0.6 * servers) / meanMs };
      await start({ parallel: servers, service: { law: 'exponential', meanMs } });
      const latencies = await load(queue.arrivalRate * 1_000, SECONDS, servers);
      const turns = await server.turns();
      const sojourns = turns.map(({ waitingMs, serviceMs }) => waitingMs + serviceMs);
      expect(Math.abs(mean(sojourns) - meanSojourn(queue))).toBeLessThan(3 * meanError(sojourns));
      for (const share of [0.5, 0.95]) {
        const limit = sojournQuantile(queue, share);
        const beyond = sojourns.map((time) => (time > limit ? 1 : 0));
        expect(Math.abs(mean(beyond) - (1 - share))).toBeLessThan(3 * meanError(beyond));
      }
      for (const share of [0.5, 0.95]) {
        // What the client saw is that and its own share, which is small.
        const seen = quantile(latencies, share) - quantile(sojourns, share);
        console.info(`c=${servers}: the client saw ${seen.toFixed(2)} ms more at ${share}`);
        expect(seen).toBeGreaterThan(-1);
        expect(seen).toBeLessThan(4);
      }
    },
    200_000,
  );

  it('answers within about a millisecond of its own plan at 300 turns a second', async () => {
    await start({ service: { law: 'constant', meanMs: 60 } });
    await load(300, 20, 1);
    const late = (await server.turns()).map(({ endedAt, answeredAt }) => (answeredAt ?? 0) - (endedAt ?? 0));
    console.info(
      'answered after plan, ms:',
      [0.01, 0.5, 0.95, 0.99].map((share) => quantile(late, share).toFixed(2)),
    );
    expect(Math.abs(quantile(late, 0.5))).toBeLessThan(1);
    expect(quantile(late, 0.95)).toBeLessThan(2);
  }, 60_000);

  it('holds 2,000 open turns in under 400 MB', async () => {
    await start({ service: { law: 'constant', meanMs: 8_000 } });
    const agent = new Agent({ keepAlive: true });
    const sent = Array.from({ length: 2_000 }, () => send(agent));
    await expect
      .poll(async () => (await (await fetch(`${server.url}/__truth`)).json()).turns.open, { timeout: 8_000 })
      .toBe(2_000);
    const memory = await server.memory();
    await Promise.all(sent);
    agent.destroy();
    console.info('memory with 2,000 open turns, MB:', Math.round(memory));
    expect(memory).toBeLessThan(400);
  }, 60_000);

  it('answers 3,000 turns a second beside k6', async () => {
    await start({});
    const script = await file(K6_SCRIPT);
    const k6 = await provideK6(processIo(), PINNED);
    const env = { URL: `${server.url}${GENERATE}`, KEY: server.keys.readWrite, BOT: server.botId };
    await execa(k6.path, ['run', '--quiet', '--no-usage-report', script], { env });
    const turns = (await server.turns()).filter(({ status }) => status === 200);
    const span = ((turns.at(-1)?.receivedAt ?? 0) - (turns[0]?.receivedAt ?? 0)) / 1_000;
    console.info('turns a second:', Math.round(turns.length / span));
    expect(turns.length / span).toBeGreaterThan(3_000);
  }, 60_000);
});

const K6_SCRIPT = `
import http from 'k6/http';
export const options = { scenarios: { all: { executor: 'constant-vus', vus: 40, duration: '10s' } } };
const headers = { Authorization: 'Bearer ' + __ENV.KEY, 'Content-Type': 'application/json' };
const body = JSON.stringify({ botId: __ENV.BOT, content: 'Where is my order?' });
export default () => { http.post(__ENV.URL, body, { headers }); };
`;
