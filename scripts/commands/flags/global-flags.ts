import { flagTable, type OptionsOf } from './flag-table.ts';

/** Flags that every command takes. */
export const globalFlags = flagTable({
  flags: {
    keyFile: { type: 'file', help: 'read the API key from this file (FINI_API_KEY_FILE)' },
    keyStdin: { type: 'switch', help: 'read the API key from standard input' },
    insecureSkipTlsVerify: {
      type: 'switch',
      help: "do not verify the target's certificate; every report shows it",
    },
  },
  examples: ['fini-harness serve', 'fini-harness plan load --rate 2 --duration 10m', 'fini-harness run smoke'],
});

export type GlobalOptions = OptionsOf<typeof globalFlags>;
