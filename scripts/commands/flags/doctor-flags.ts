import { CONFIG_FLAG, SERVICE_FLAGS } from './common-flags.ts';
import { flagTable, type OptionsOf } from './flag-table.ts';

export const doctorFlags = flagTable({
  flags: {
    ...SERVICE_FLAGS,
    ...CONFIG_FLAG,
    write: {
      type: 'switch',
      help: 'test the write scope: store a turn of role agent, which costs no reply, and remove it',
    },
    json: { type: 'switch', help: 'print the result as JSON' },
  },
  examples: ['fini-harness doctor', 'fini-harness doctor --write --json'],
});

export type DoctorOptions = OptionsOf<typeof doctorFlags>;
