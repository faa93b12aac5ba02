import { describe, expect, expectTypeOf, it } from 'vitest';
import { entry } from '../../../scripts/commands/command-entry.ts';
import { flagName } from '../../../scripts/commands/flags/command-line.ts';
import { type Flag, flagTable, type OptionsOf } from '../../../scripts/commands/flags/flag-table.ts';
import { globalFlags } from '../../../scripts/commands/flags/global-flags.ts';
import { COMMANDS } from '../../../scripts/commands/index.ts';
import { EXIT } from '../../../scripts/foundation/exit-codes.ts';
import { main } from '../../../scripts/main.ts';
import { assertNoKeyIn } from '../../../scripts/run/config/key-sources.ts';
import { recordedIo } from '../../io.ts';

const table = flagTable({
  arguments: {
    action: { choices: ['add', 'list'], help: 'add or list' },
    name: { optional: true, help: 'of it' },
    folders: { optional: true, many: true, default: ['results'], help: 'folders' },
  },
  flags: {
    dryRun: { type: 'switch', help: 'change nothing' },
    build: { type: 'switch', default: true, help: 'do not build' },
    out: { type: 'folder', fallback: 'results', help: 'where it goes' },
    memory: { type: 'folder', default: 'drift', help: 'what stays' },
    kind: { type: 'text', choices: ['small', 'large'], help: 'small or large' },
    keep: { type: 'number', whole: true, least: 1, default: 20, help: 'how many stay' },
    rate: { type: 'number', above: 0, help: 'a rate' },
    pairs: { type: 'number', whole: true, least: 2, most: 100, counts: 'pairs', help: 'pairs' },
    margin: { type: 'percent', default: 0.1, help: 'a share' },
    sampled: { type: 'percent', least: 0, most: 100, help: 'a share, all or nothing too' },
    within: { type: 'duration', default: 18_500, help: 'a time' },
    typed: { type: 'setting', value: 'n', help: 'as typed', numeric: true },
    called: { type: 'setting', value: 'id', help: 'as typed' },
    host: { type: 'host', many: true, help: 'hosts' },
  },
  examples: ['fini-harness take add'],
});

const UNSET = {
  name: undefined,
  folders: ['results'],
  dryRun: false,
  build: true,
  out: undefined,
  memory: 'drift',
  kind: undefined,
  keep: 20,
  rate: undefined,
  pairs: undefined,
  margin: 0.1,
  within: 18_500,
  typed: undefined,
  called: undefined,
  host: [],
  rest: [],
};

/** Runs a command of this table; what it got of a line. */
async function take(...argv: readonly string[]) {
  let got: unknown;
  const command = entry('take', 'take', table, async () => async (options) => {
    got = options;
    return EXIT.pass;
  });
  const io = recordedIo();
  const exitCode = await main(['take', ...argv], io, [command]);
  return { exitCode, got, ...io.said() };
}

describe('a command line', () => {
  it.each<[readonly string[], object]>([
    [[], {}],
    [['main', 'a', 'b'], { name: 'main', folders: ['a', 'b'] }],
    [['--dry-run', '--no-build'], { dryRun: true, build: false }],
    [['--out', 'here', '--memory', 'there', '--kind', 'large'], { out: 'here', memory: 'there', kind: 'large' }],
    [['--keep', '1', '--rate', '0.5', '--pairs', '2'], { keep: 1, rate: 0.5, pairs: 2 }],
    [['--margin', '5%', '--within', '1m'], { margin: 0.05, within: 60_000 }],
    [['--margin', '5'], { margin: 0.05 }],
    [['--typed', '5'], { typed: 5 }],
    [['--typed', 'fast'], { typed: 'fast' }],
    [['--called', '2026'], { called: '2026' }],
    [['--host', 'a', '--host', 'b'], { host: ['a', 'b'] }],
  ])('reads %j', async (argv, options) => {
    const { exitCode, got } = await take('add', ...argv);
    expect({ exitCode, got }).toEqual({ exitCode: EXIT.pass, got: { action: 'add', ...UNSET, ...options } });
  });

  it.each<[readonly string[], string]>([
    [['lst'], 'take has no action lst; did you mean list?'],
    [['wash'], 'take has no action wash; it has add, list'],
    [['add', '--kind', 'larg'], '--kind has no larg; did you mean large?'],
    [['add', '--keep', '0'], '--keep takes a whole number from 1 on, got 0'],
    [['add', '--keep', '1.5'], '--keep takes a whole number from 1 on, got 1.5'],
    [['add', '--keep', ''], '--keep takes a whole number from 1 on, got'],
    [['add', '--rate', '0'], '--rate takes a number above 0, got 0'],
    [['add', '--rate', 'Infinity'], '--rate takes a number above 0, got Infinity'],
    [['add', '--pairs', '101'], '--pairs takes a number of pairs from 2 to 100, got 101'],
    [['add', '--margin', '100%'], '--margin takes a percentage between 0 and 100, such as 10%, got 100%'],
    [['add', '--sampled', '101'], '--sampled takes a percentage from 0 to 100, such as 10%, got 101'],
    [['add', '--within', '5'], '--within takes a duration such as 500ms, 30s or 5m, got 5'],
    [['add', '--', '--more'], 'take takes nothing after --'],
  ])('refuses %j', async (argv, message) => {
    const { exitCode, got, err } = await take(...argv);
    expect({ exitCode, got }).toEqual({ exitCode: EXIT.usage, got: undefined });
    expect(err).toContain(`error: ${message}`);
  });

  it('gives a command the types of its table', () => {
    type Options = OptionsOf<typeof table>;
    expectTypeOf<Options['action']>().toEqualTypeOf<'add' | 'list'>();
    expectTypeOf<Options['name']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Options['folders']>().toEqualTypeOf<readonly string[]>();
    expectTypeOf<Options['dryRun']>().toEqualTypeOf<boolean>();
    expectTypeOf<Options['kind']>().toEqualTypeOf<'small' | 'large' | undefined>();
    expectTypeOf<Options['keep']>().toEqualTypeOf<number>();
    expectTypeOf<Options['rate']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Options['out']>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Options['host']>().toEqualTypeOf<readonly string[]>();
  });
});

describe.each(COMMANDS)('the flags of $name', ({ flags: { flags } }) => {
  it('have defaults of their own type, and no name that a key may have', () => {
    for (const [name, { type, default: unset }] of Object.entries<Flag>(flags)) {
      if (unset !== undefined && ['number', 'percent', 'duration'].includes(type))
        expect(unset, name).toBeTypeOf('number');
      expect(() => assertNoKeyIn([flagName(name)], {}), name).not.toThrow();
    }
  });
});

describe.each(COMMANDS)('the help of $name', ({ name, flags: { arguments: args = {}, flags, examples } }) => {
  it('has all that its table has', async () => {
    const io = recordedIo();
    await main([name, '--help'], io);
    // The help breaks its lines as the terminal is wide.
    const shown = io.said().out.replaceAll(/\s+/g, ' ');
    const all: Readonly<Record<string, Flag>> = { ...flags, ...globalFlags.flags };
    for (const { help } of [...Object.values(all), ...Object.values(args)]) expect(shown).toContain(help);
    const names = Object.entries(all).map(([key, flag]) =>
      flag.type === 'switch' && flag.default === true ? flagName(key).replace('--', '--no-') : flagName(key),
    );
    for (const flag of names) expect(shown).toContain(` ${flag} `);
    for (const example of examples) expect(shown).toContain(example);
  });
});
