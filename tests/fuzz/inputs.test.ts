import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import configSchema from '../../contracts/files/config.schema.json' with { type: 'json' };
import { EXIT } from '../../scripts/foundation/exit-codes.ts';
import { readPlan, runFolder } from '../../scripts/ledger/run-folder.ts';
import { main } from '../../scripts/main.ts';
import { loadConfig } from '../../scripts/run/config/load.ts';
import { readWorkload } from '../../scripts/run/workload/read.ts';
import { plan } from '../analysis/made-run.ts';
import { scratch } from '../cli/scratch.ts';
import { recordedIo } from '../io.ts';
import { cases, goodOrTold, spoiled } from './odd.ts';

const numRuns = cases();

const anyJson = fc.json({ maxDepth: 4 });
const keys = Object.keys(configSchema.properties);
const anyConfig = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
const anyText = fc.oneof(
  anyJson,
  anyConfig.map((config) => JSON.stringify(config)),
  fc.string({ unit: 'binary' }),
);

const anyTurn = fc.record(
  {
    content: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
    role: fc.oneof(fc.constant('user'), fc.string()),
    thinkMs: fc.float(),
  },
  { requiredKeys: [] },
);
const anyScript = fc.record(
  {
    id: fc.oneof(fc.string(), fc.jsonValue()),
    turns: fc.array(anyTurn, { maxLength: 3 }),
    weight: fc.float(),
    metadata: fc.jsonValue(),
  },
  { requiredKeys: [] },
);
const anyLine = fc.oneof(
  anyScript.map((script) => JSON.stringify(script)),
  anyJson,
  fc.string({ unit: 'binary' }),
);

const anyFlag = fc.constantFrom(
  '--rate',
  '--duration',
  '--seed',
  '--timeout',
  '--arrivals',
  '--max-turns',
  '--config',
  '--nope',
  '--',
);
const anyValue = fc.oneof(fc.constantFrom('1', '2s', '-1', '1e-9', 'NaN', '', 'poisson', '0x10', '10ms'), fc.string());

describe('whatever is read', () => {
  it('a configuration is good or refused', async () => {
    const cwd = scratch();
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        writeFileSync(join(cwd, 'c.json'), text);
        await goodOrTold(() => loadConfig({ flags: {}, path: 'c.json' }, recordedIo({ cwd })));
      }),
      { numRuns },
    );
  });

  it('a workload is good or refused', async () => {
    const path = join(scratch(), 'talk.jsonl');
    await fc.assert(
      fc.asyncProperty(fc.array(anyLine, { maxLength: 5 }), async (lines) => {
        writeFileSync(path, lines.join('\n'));
        await goodOrTold(() => readWorkload(path));
      }),
      { numRuns },
    );
  });

  it('a plan is good or refused', async () => {
    const folder = runFolder(scratch());
    await fc.assert(
      fc.asyncProperty(spoiled(plan()), async (text) => {
        writeFileSync(folder.plan, text);
        await goodOrTold(() => readPlan(folder));
      }),
      { numRuns },
    );
  });

  it('a command line ends with a documented exit code', async () => {
    const cwd = scratch();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(anyFlag, anyValue), { maxLength: 4 }), async (flags) => {
        const io = recordedIo({ cwd });
        const exitCode = await main(['plan', 'load', '--no-build', ...flags.flat()], io);
        expect([EXIT.pass, EXIT.usage]).toContain(exitCode);
        expect(io.said()[exitCode === EXIT.pass ? 'out' : 'err']).not.toBe('');
      }),
      { numRuns },
    );
  });
});
