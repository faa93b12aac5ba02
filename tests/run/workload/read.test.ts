import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { readWorkload } from '../../../scripts/run/workload/read.ts';
import { scratch } from '../../cli/scratch.ts';

const read = (text: string) => readWorkload(join(scratch({ 'talk.jsonl': text }), 'talk.jsonl'), 'talk.jsonl');

describe('readWorkload', () => {
  it('reads scripts with the defaults of the schema', async () => {
    const { source, conversations } = await read(
      '\uFEFF{"id":"a","turns":[{"content":"hi"}]}\r\n\n{"id":"b","turns":[{"content":"ho","role":"agent"}]}\n',
    );
    expect(source).toBe('talk.jsonl');
    expect(conversations).toEqual([
      { id: 'a', weight: 1, turns: [{ role: 'user', content: 'hi' }] },
      { id: 'b', weight: 1, turns: [{ role: 'agent', content: 'ho' }] },
    ]);
  });

  it('keeps text to the code unit', async () => {
    const content = 'e\u0301 \u{1F469}\u200D\u{1F467} \u2028 \u05D0 \\ud800';
    const { conversations } = await read(`{"id":"a","turns":[{"content":"${content}"}]}`);
    expect(conversations[0].turns[0].content).toBe(JSON.parse(`"${content}"`));
  });

  it.each([
    ['no JSON', '{"id":"a","turns":[{"content":"x"}]}\n{oops', /^talk\.jsonl:2: not valid JSON/],
    [
      'metadata too deep',
      `{"id":"a","turns":[{"content":"x","metadata":${'{"a":'.repeat(9_000)}{}${'}'.repeat(9_000)}}]}`,
      /^talk\.jsonl:1: not valid JSON: nested more than 100 levels deep/,
    ],
    ['no turns', '{"id":"a","turns":[]}', 'talk.jsonl:1: /turns must be a list of at least 1, got []'],
    [
      'an empty text',
      '{"id":"a","turns":[{"content":""}]}',
      'talk.jsonl:1: /turns/0/content must be text that is not empty',
    ],
    ['a missing id', '{"turns":[{"content":"x"}]}', 'talk.jsonl:1: /id is missing'],
    ['an unknown key', '{"id":"a","turns":[{"contents":"x"}]}', '/turns/0/contents unknown key; did you mean content?'],
    ['an unknown role', '{"id":"a","turns":[{"content":"x","role":"bot"}]}', '/turns/0/role must be one of "user"'],
    [
      'an id that comes twice',
      '{"id":"a","turns":[{"content":"x"}]}\n\n{"id":"a","turns":[{"content":"y"}]}',
      'talk.jsonl:3: /id "a" is also the id of line 1',
    ],
    ['nothing', '\n\n', 'workload talk.jsonl is empty'],
    ['a list', '[]', 'talk.jsonl:1: must be an object'],
  ])('refuses %s', async (_name, text, message) => {
    const refused = expect(read(text)).rejects;
    await refused.toMatchObject({ exitCode: EXIT.usage });
    await refused.toThrow(message);
  });

  it('names ten wrong lines and counts the rest', async () => {
    await expect(read('x\n'.repeat(12))).rejects.toThrow(/the workload is invalid:\n( {2}talk.*\n){10} {2}and 2 more/);
  });

  it('refuses what is not UTF-8, and what is not there', async () => {
    const folder = scratch();
    await expect(readWorkload(folder, 'folder')).rejects.toThrow(/cannot read the workload folder/);
    await expect(readWorkload(join(folder, 'gone'), 'gone')).rejects.toThrow(/cannot read the workload gone/);
    writeFileSync(join(folder, 'latin1'), Buffer.from([0xe9]));
    await expect(readWorkload(join(folder, 'latin1'), 'latin1')).rejects.toThrow(/is not UTF-8/);
  });
});

describe('the built-in workload', () => {
  it('is varied, realistic and personal to nobody', async () => {
    const { source, conversations } = await readWorkload();
    const sizes = new Set(conversations.map(({ turns }) => turns.length));
    const languages = new Set(conversations.map(({ language }) => language));
    const roles = new Set(conversations.flatMap(({ turns }) => turns.map(({ role }) => role)));
    expect(source).toBe('built-in');
    expect(conversations.length).toBeGreaterThanOrEqual(64);
    expect([...sizes].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(languages.size).toBeGreaterThanOrEqual(13);
    expect([...roles].sort()).toEqual(['agent', 'otherbot', 'user']);
    const addresses = JSON.stringify(conversations).match(/[\w.]+@[\w.]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(0);
    expect(addresses.filter((address) => !/@([\w]+\.)?example\.com$/.test(address))).toEqual([]);
  });
});
