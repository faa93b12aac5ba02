import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, random } from '../../../contracts/random.ts';
import { redact } from '../../../contracts/redact.ts';
import type { ApiClient, ListQuery } from '../../http/api-client.ts';
import { readWorkload } from '../../run/workload/read.ts';
import { bankOf } from '../../workload/bank.ts';
import { learn } from '../../workload/learn.ts';
import { learnFile } from '../../workload/learn-file.ts';

const PAGE = 100;
const WINDOW_MS = 28 * 86_400_000;
const MOST_SECONDS = 60;
const MOST_BYTES = 300e6;

/** Of all threads: other processes of the machine do not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The conversations of a page, the latest first. */
function pageOf(page: number, pages: number, next: Random) {
  return Array.from({ length: PAGE }, (_, index) => {
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
}

/** As JSON text of List conversations. */
function pageText(page: number, pages: number, next: Random): string {
  const isLast = page + 1 === pages;
  const interactions = pageOf(page, pages, next);
  return JSON.stringify({ interactions, hasMore: !isLast, ...(isLast ? {} : { nextCursor: String(page + 1) }) });
}

interface Learnt {
  readonly started: number;
  /** Of JSON or of the file. */
  readonly bytes: number;
  /** On the processor, besides making the conversations. */
  readonly ms: number;
}

const OPTIONS = { scripts: 500, seed: 1 };

/** Interrupted half-way. */
async function fromService(pages: number, out: string): Promise<Learnt> {
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
  const query = { baseUrl: 'http://127.0.0.1:1', sinceMs: WINDOW_MS, agent: undefined, channel: undefined };
  const bank = bankOf(await readWorkload());
  const before = cpuMs();
  const part = (maxRequests: number) =>
    learn({ ...query, ...OPTIONS, maxRequests, out }, { client: clientFor(), bank, say: () => undefined, redact });
  await part(Math.ceil(pages / 2)).catch(() => undefined);
  const { conversations } = await part(pages);
  return { started: conversations.started, bytes, ms: cpuMs() - before - servedMs };
}

async function fromFile(pages: number, out: string, kind: 'csv' | 'jsonl'): Promise<Learnt> {
  const next = random(1);
  const path = join(out, `export.${kind}`);
  if (kind === 'csv') appendFileSync(path, 'conversation,timestamp,role,text\n');
  for (let page = 0; page < pages; page++) {
    const rows = pageOf(page, pages, next).flatMap(({ id, events }) =>
      events.map(({ createdAt, role, message }) =>
        kind === 'csv'
          ? `${id},${createdAt},${role},"${message}"\n`
          : `${JSON.stringify({ conversation: id, timestamp: createdAt, role, text: message })}\n`,
      ),
    );
    appendFileSync(path, rows.join(''));
  }
  const { signal } = new AbortController();
  const before = cpuMs();
  const { conversations } = await learnFile(
    { path, shownAs: path, sinceMs: undefined, ...OPTIONS, out },
    { bank: bankOf(await readWorkload()), say: () => undefined, redact, signal },
  );
  return { started: conversations.started, bytes: statSync(path).size, ms: cpuMs() - before };
}

/** Learns so many conversations, and tells its time on the processor and its memory. */
async function main(conversations: number, kind: string): Promise<number> {
  const pages = Math.ceil(conversations / PAGE);
  const out = mkdtempSync(join(tmpdir(), 'bench-workload-'));
  const isFile = kind === 'csv' || kind === 'jsonl';
  const { started, bytes, ms } = await (isFile ? fromFile(pages, out, kind) : fromService(pages, out));
  rmSync(out, { recursive: true });
  const memory = process.resourceUsage().maxRSS * 1024;
  const what = isFile ? `of ${kind}` : 'of pages, interrupted once';
  process.stdout.write(
    `${started.toLocaleString('en-US')} conversations, ${(bytes / 1e6).toFixed(0)} MB ${what}: ${(ms / 1000).toFixed(1)} s of processor time, ${(memory / 1e6).toFixed(0)} MB\n`,
  );
  return started === pages * PAGE && ms < MOST_SECONDS * 1000 && memory < MOST_BYTES ? 0 : 1;
}

process.exitCode = await main(Number(process.argv[2] ?? 100_000), process.argv[3] ?? 'service');
