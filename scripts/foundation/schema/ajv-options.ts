/** How files of this harness are validated, whether their schema is compiled for the package or when first needed. */
export const AJV_OPTIONS = {
  allErrors: true,
  verbose: true,
  useDefaults: true,
  strict: true,
  allowUnionTypes: true,
} as const;

/** Schemas that every run needs before it does anything: the package brings them compiled, which takes longer than the rest. */
export const COMPILED_IN_PACKAGE = ['config', 'plan', 'workload'] as const;
