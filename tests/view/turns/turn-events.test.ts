import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unredacted } from '../../../scripts/foundation/guard.ts';
import { writeJson } from '../../../scripts/ledger/run-folder.ts';
import { eventsOf } from '../../../scripts/view/turns/turn-events.ts';
import { openTurnStore } from '../../../scripts/view/turns/turn-store.ts';
import { laneLines, plan, spread } from '../../analysis/made-run.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'fini-harness-turn-events-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const event = (id: string) => ({ id, role: 'user', createdAt: 1, chars: 2 });
const settled = (conversation: number, turn: number, id: string): string =>
  JSON.stringify({ kind: 'settled', conversation, turn, attempt: 0, events: [event(id)] });

describe('the events of a conversation', () => {
  it('are found among those of others, in plain and packed ledgers, but for a torn line', async () => {
    const [first, second] = [join(root, 'first.ndjson'), join(root, 'second.ndjson.gz')];
    const others = [
      settled(41, 1, 'b'),
      '{"kind":"sent","conversation":4,"turn":3}',
      '{"kind":"fault","conversation":4,',
    ];
    writeFileSync(first, [settled(4, 0, 'é'), ...others, settled(4, 1, 'c')].join('\n'));
    writeFileSync(second, gzipSync(`${settled(4, 2, 'd')}\n${settled(4, 3, 'torn').slice(0, -2)}`));
    expect([...(await eventsOf([first, second], 4))]).toEqual([
      ['4/0/0', [event('é')]],
      ['4/1/0', [event('c')]],
      ['4/2/0', [event('d')]],
    ]);
    expect((await eventsOf([first, second], 1)).size).toBe(0);
  });

  it('are shown of a run that has no Parquet yet', async () => {
    const ledger = join(root, 'turns.ndjson');
    const lines = laneLines(
      spread(3, (conversation) => ({ conversation })),
      0,
    );
    const withEvents = lines.map((line) =>
      line.kind === 'settled' ? { ...line, events: [event(`of-${line.conversation}`)] } : line,
    );
    writeFileSync(ledger, withEvents.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await writeJson(join(root, 'run.json'), plan([]), unredacted);
    const store = await openTurnStore(root, [ledger]);
    const { turns } = await store.conversation(1);
    await store.close();
    expect(turns[0]?.skeleton.find(({ name }) => name === 'id')?.value).toBe('of-1');
  });
});
