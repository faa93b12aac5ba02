import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string): string => readFileSync(path, 'utf8');
const all = (text: string, pattern: RegExp): string[] => [
  ...new Set([...text.matchAll(pattern)].map(([, code = '']) => code)),
];

describe('docs/verdicts.md', () => {
  it('lists every problem that a result may have, and no other', () => {
    const raised = [
      ...all(read('scripts/analysis/verdict/problems.ts'), /\.add\(\s*'([a-z-]+)'/g),
      ...all(read('scripts/analysis/verdict/late-starts.ts'), /code: '([a-z-]+)'/g),
      ...all(read('scripts/run/facts.ts'), /code: '([a-z0-9-]+)'/g),
    ];
    const documented = all(read('docs/verdicts.md'), /^\| `([a-z0-9-]+)` \| (?:invalid|incomplete|notice)/gm);
    expect(documented.sort()).toEqual(raised.sort());
  });
});
