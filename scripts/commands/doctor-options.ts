import { examples, type Flags } from './command-entry.ts';

/** What `doctor` was asked for. */
export interface DoctorOptions {
  readonly baseUrl?: string | undefined;
  readonly botId?: string | undefined;
  readonly config?: string | undefined;
  /** Try whether the key may write. */
  readonly write: boolean;
  readonly json: boolean;
}

export const doctorFlags: Flags<DoctorOptions> = {
  define: (line) => {
    line
      .option('--base-url <url>', 'where the API is (FINI_BASE_URL)')
      .option('--bot-id <id>', 'the agent that answers (FINI_BOT_ID)')
      .option('--config <file>', 'configuration (default: fini-harness.config.json, where there is one)')
      .option('--write', 'try the write scope: store a note of an agent, which costs no reply, and remove it', false)
      .option('--json', 'the findings as JSON', false)
      .addHelpText('after', examples('fini-harness doctor', 'fini-harness doctor --write --json'));
  },
  read: (line) => line.opts<DoctorOptions>(),
};
