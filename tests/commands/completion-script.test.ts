import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { COMPLETIONS } from '../../scripts/commands/completion-script.ts';
import { COMMANDS } from '../../scripts/commands/index.ts';
import { scratch } from '../cli/scratch.ts';

const SCENARIOS = ['smoke', 'load', 'ours'];

/** What bash offers for the last word of a line. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const folder = scratch({ 'fini-harness.config.json': '{}', 'results/one': '' });
  writeFileSync(join(folder, 'script'), COMPLETIONS.bash(COMMANDS, SCENARIOS));
  const quoted = words.map((word) => `'${word}'`).join(' ');
  const { stdout } = await execa(
    'bash',
    [
      '--norc',
      '-c',
      `source ./script; COMP_WORDS=(fini-harness ${quoted}); COMP_CWORD=${words.length}; ` +
        `_fini_harness fini-harness '${words.at(-1)}' '${words.at(-2) ?? ''}'; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ],
    { cwd: folder },
  );
  return stdout.split('\n').filter(Boolean);
}

describe('completion', () => {
  it.each([
    ['commands', ['co'], ['collect', 'compare', 'completion']],
    ['scenarios, own ones too', ['run', 'o'], ['ours']],
    ['flags', ['run', '--rat'], ['--rate']],
    ['flags of every command', ['doctor', '--key-f'], ['--key-file']],
    ['choices', ['completion', 'z'], ['zsh']],
    ['files where a flag takes one', ['run', 'smoke', '--config', 'fini'], ['fini-harness.config.json']],
    ['folders where an argument is one', ['report', 'res'], ['results']],
    ['files where a setting is one', ['run', 'smoke', '--workload', 'fini'], ['fini-harness.config.json']],
    ['choices of a setting', ['run', 'load', '--arrivals', 'd'], ['dispersed']],
    ['folders after an action', ['drift', 'accept', 'res'], ['results']],
    ['files after an action that takes them', ['workload', 'show', 'fini'], ['fini-harness.config.json']],
    ['flags before a command', ['--k'], ['--key-file', '--key-stdin']],
    ['help', ['run', '--he'], ['--help']],
    ['nothing where a flag takes a number', ['run', 'smoke', '--rate', ''], []],
  ])('in bash offers %s', async (_, words, wanted) => {
    expect(await offered(...words)).toEqual(wanted);
  });

  it.each(['bash', 'zsh', 'fish'] as const)('names every command and flag in %s', (shell) => {
    const script = COMPLETIONS[shell](COMMANDS, SCENARIOS);
    for (const { name, flags } of COMMANDS) {
      expect(script).toContain(name);
      for (const [key, flag] of Object.entries(flags.flags)) {
        const kebab = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
        expect(script).toContain(flag.default === true ? `no-${kebab}` : kebab);
      }
    }
  });

  it.each(['zsh', 'fish'] as const)('quotes descriptions for %s', (shell) => {
    const [row] = COMMANDS;
    if (row === undefined) throw new Error('no command');
    const script = COMPLETIONS[shell]([{ ...row, summary: "isn't it [this]: $(so)" }], []);
    expect(script).toContain(shell === 'zsh' ? "'run:isn'\\''t it [this]\\: $(so)'" : "'isn\\'t it [this]: $(so)'");
  });
});
