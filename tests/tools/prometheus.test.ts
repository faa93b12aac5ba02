import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { renderOpenMetrics } from '../../scripts/report/open-metrics.ts';
import { sampleModel } from '../report/sample-model.ts';
import { TARGETS } from './dashboard-targets.ts';

/** Debian's package prometheus, or the release. */
const isThere = spawnSync('prometheus', ['--version']).status === 0;
if (!isThere) console.warn('prometheus is not on PATH: its tests are skipped.');

const PATIENCE = { timeout: 60_000, interval: 200 };
const ending: (() => unknown)[] = [];
let prometheus: string;
let metrics: string;

async function freePort(): Promise<number> {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address() as AddressInfo;
  socket.close();
  await once(socket, 'close');
  return port;
}

/** A web server with the metrics of a run, as a node exporter or a Pushgateway shows them. */
async function exporter(text: string): Promise<string> {
  const type = 'application/openmetrics-text; version=1.0.0; charset=utf-8';
  const server = createServer((_, response) => response.setHeader('content-type', type).end(text));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ending.push(() => server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function start(target: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fini-prometheus-'));
  ending.push(() => rmSync(folder, { recursive: true, force: true }));
  const config = join(folder, 'prometheus.yml');
  const job = {
    job_name: 'runs',
    scrape_interval: '1s',
    scrape_timeout: '1s',
    static_configs: [{ targets: [target] }],
  };
  writeFileSync(config, JSON.stringify({ scrape_configs: [job] }));
  const address = `127.0.0.1:${await freePort()}`;
  const flags = [`--config.file=${config}`, `--storage.tsdb.path=${folder}`, `--web.listen-address=${address}`];
  const child = execa('prometheus', flags, { reject: false, stdio: 'ignore' });
  ending.unshift(async () => {
    child.kill();
    await child;
  });
  return `http://${address}`;
}

async function query(expr: string): Promise<readonly { readonly metric: Readonly<Record<string, string>> }[]> {
  const response = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`);
  const { status, data, error } = (await response.json()) as {
    status: string;
    error?: string;
    data: { result: { metric: Record<string, string> }[] };
  };
  if (status !== 'success') throw new Error(`${expr}: ${error}`);
  return data.result;
}

describe.runIf(isThere)('a Prometheus that scrapes metrics.prom', () => {
  beforeAll(async () => {
    metrics = await renderOpenMetrics((await sampleModel('failing')).result);
    prometheus = await start(await exporter(metrics));
    await vi.waitFor(async () => expect(await query('fini_run_exit_code')).toHaveLength(1), PATIENCE);
  });
  afterAll(async () => {
    for (const end of ending) await end();
  });

  it('takes every sample', async () => {
    expect(await query('{__name__=~"fini_.+"}')).toHaveLength(metrics.match(/^fini_/gm)?.length ?? 0);
  });

  it.each(TARGETS.map(({ expr, legendFormat }) => [expr, legendFormat]))('answers %s', async (expr, legend) => {
    const series = await query(expr.replaceAll('$scenario', '.+'));
    expect(series.length).toBeGreaterThan(0);
    for (const [, label = ''] of legend.matchAll(/\{\{(\w+)\}\}/g)) {
      for (const { metric } of series) expect(metric[label], label).toBeDefined();
    }
  });
});
