import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import schema from '../../../contracts/files/result.schema.json' with { type: 'json' };

describe('docs/verdicts.md', () => {
  it('lists every problem that a result may have, and no other', () => {
    const rows = readFileSync('docs/verdicts.md', 'utf8').matchAll(
      /^\| `([a-z0-9-]+)` \| (?:notice or )?(?:invalid|incomplete|notice) \|/gm,
    );
    const documented = [...rows].map(([, code = '']) => code);
    expect(documented.sort()).toEqual([...schema.$defs.ProblemCode.enum].sort());
  });
});
