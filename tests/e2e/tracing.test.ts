import { createServer } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { Plan } from '../../contracts/generated/plan.ts';
import { tracePrefix, traceparent } from '../../contracts/traceparent.ts';
import { readPlan, runFolder } from '../../scripts/ledger/run-folder.ts';
import { listening } from '../secrets/echo.ts';
import { environmentFor, fini, ledgerOf, scratch, sentOf, server, writeConfig } from './support.ts';

const cwd = scratch();

/** Runs two conversations through a server that writes down what comes with each turn. */
async function run(name: string, config: object): Promise<{ seen: unknown[]; plan: Plan; folder: string }> {
  const service = await server();
  const seen: unknown[] = [];
  const url = await listening(
    createServer(async (request, response) => {
      const { method = 'GET', url = '/', headers } = request;
      const body = await text(request);
      if (method === 'POST') seen.push(headers.traceparent);
      const answer = await fetch(`${service.url}${url}`, {
        method,
        headers: { authorization: headers.authorization ?? '', 'content-type': 'application/json' },
        ...(body === '' ? {} : { body }),
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
      response.end(await answer.text());
    }),
  );
  const folder = join(cwd, name);
  const args = ['run', 'smoke', '--no-build', '--conversations', '2', '--config', writeConfig(cwd, config), '--out'];
  await fini([...args, folder], { env: { ...environmentFor(service), FINI_BASE_URL: url }, cwd });
  return { seen, plan: await readPlan(runFolder(folder)), folder };
}

it('every turn has a trace id of its own, which follows from the ledger', async () => {
  const { seen, plan, folder } = await run('traced', { thinkTime: { law: 'constant', mean: '0s' } });
  const prefix = tracePrefix(plan.runId);
  const expected = sentOf(ledgerOf(folder)).map((turn) => traceparent(prefix, turn));
  expect(expected.length).toBeGreaterThan(1);
  expect([...seen].sort()).toEqual(expected.sort());
});

it('no turn has one where tracing is off', async () => {
  const { seen } = await run('plain', { thinkTime: { law: 'constant', mean: '0s' }, tracing: false });
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.filter((it) => it !== undefined)).toEqual([]);
});
