import { EXIT, type ExitCode } from './exit-codes.ts';

/**
 * Something that the user can act on: one message that says what is wrong, where, and what to do.
 * The CLI prints it without a stack trace and exits with its code. Anything else that is thrown is a harness fault.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';

  constructor(
    readonly exitCode: ExitCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Wrong flags, configuration, workload or files: exit code 2. */
export function usageError(message: string, options?: ErrorOptions): HarnessError {
  return new HarnessError(EXIT.usage, message, options);
}
