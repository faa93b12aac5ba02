import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, random } from '../../../contracts/random.ts';
import { redact } from '../../../contracts/redact.ts';
import type { ApiClient, ListQuery } from '../../http/api-client.ts';
import { readWorkload } from '../../run/workload/read.ts';
import { bankOf } from '../../workload/bank.ts';
import { learn } from '../../workload/learn.ts';

const PAGE = 100;
const WINDOW_MS = 28 * 86_400_000;
const MOST_SECONDS = 60;
const MOST_BYTES = 300e6;

/** Of all threads: other processes of the machine do not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** A page of List conversations as JSON text, the latest conversations first. */
function pageText(page: number, pages: number, next: Random): string {
  const interactions = Array.from({ length: PAGE }, (_, index) => {
    const at = Date.now() - 7_200_000 - Math.floor(((page + index / PAGE) / pages) * (WINDOW_MS - 86_400_000));
    const turns = 1 + Math.floor(-1.5 * Math.log(1 - next()));
    const events = Array.from({ length: 2 * turns }, (__, place) => ({
      ...{ id: `event-${page}-${index}-${place}`, createdAt: at + place * 20_000 },
      role: place % 2 === 0 ? 'user' : 'finibot',
      message: 'Hello, my parcel has not arrived, and the tracking page says nothing. '.repeat(
        1 + Math.floor(next() * 6),
      ),
    }));
    return { id: `conversation-${page}-${index}`, channel: 'chat', events };
  });
  const isLast = page + 1 === pages;
  return JSON.stringify({ interactions, hasMore: !isLast, ...(isLast ? {} : { nextCursor: String(page + 1) }) });
}

/** Learns so many conversations, interrupted half-way, and tells its time on the processor and its memory besides the service's. */
async function main(conversations: number): Promise<number> {
  const pages = Math.ceil(conversations / PAGE);
  const next = random(1);
  let [servedMs, bytes] = [0, 0];
  const clientFor = () => {
    const counts = { list: 0 };
    const listConversations = ({ cursor }: ListQuery) => {
      counts.list += 1;
      const started = cpuMs();
      const text = pageText(Number(cursor ?? 0), pages, next);
      servedMs += cpuMs() - started;
      bytes += text.length;
      return Promise.resolve({ status: 200, body: JSON.parse(text) as unknown });
    };
    return { counts, listConversations } as unknown as Pick<ApiClient, 'listConversations' | 'counts'>;
  };
  const out = mkdtempSync(join(tmpdir(), 'bench-workload-'));
  const options = { baseUrl: 'http://127.0.0.1:1', sinceMs: WINDOW_MS, agent: undefined, channel: undefined };
  const bank = bankOf(await readWorkload());
  const started = cpuMs();
  const half = (maxRequests: number) =>
    learn(
      { ...options, maxRequests, scripts: 500, seed: 1, out },
      { client: clientFor(), bank, say: () => undefined, redact },
    );
  await half(Math.ceil(pages / 2)).catch(() => undefined);
  const { conversations: counted } = await half(pages);
  const seconds = (cpuMs() - started - servedMs) / 1000;
  rmSync(out, { recursive: true });
  const memory = process.resourceUsage().maxRSS * 1024;
  const read = counted.read.toLocaleString('en-US');
  process.stdout.write(
    `${read} conversations, ${(bytes / 1e6).toFixed(0)} MB of pages, interrupted once: ${seconds.toFixed(1)} s of processor time, ${(memory / 1e6).toFixed(0)} MB\n`,
  );
  return counted.started === conversations && seconds < MOST_SECONDS && memory < MOST_BYTES ? 0 : 1;
}

process.exitCode = await main(Number(process.argv[2] ?? 100_000));
