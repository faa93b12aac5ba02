import { flagTable, type OptionsOf } from './flag-table.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export const completionFlags = flagTable({
  arguments: { shell: { help: SHELLS.join(', '), choices: SHELLS } },
  flags: {},
  examples: [
    'source <(fini-harness completion bash)',
    'source <(fini-harness completion zsh)',
    'fini-harness completion fish > ~/.config/fish/completions/fini-harness.fish',
  ],
});

export type CompletionOptions = OptionsOf<typeof completionFlags>;
