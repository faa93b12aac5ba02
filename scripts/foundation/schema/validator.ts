import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import { IS_CHECKOUT, PACKAGE_ROOT } from '../package-root.ts';
import { AJV_OPTIONS, COMPILED_IN_PACKAGE } from './ajv-options.ts';

/** The files that users write, keep or read: `<name>.schema.json` in contracts/files. */
const SCHEMAS = [
  'acceptances',
  'arrivals',
  'audit',
  'baseline',
  'capacity',
  'config',
  'drift-baseline',
  'drift-plan',
  'findings',
  'forecast',
  'history',
  'ledger',
  'notification',
  'overlay',
  'plan',
  'result',
  'workload',
] as const;

export type SchemaName = (typeof SCHEMAS)[number];

const require = createRequire(import.meta.url);
let ajv: Ajv2020 | undefined;

/**
 * The validator of a file format: fills in defaults, and names all errors with the schema and the data they are about.
 * Compiled when first asked for, since most commands need only one.
 */
export function validatorOf(name: SchemaName): ValidateFunction {
  if (!IS_CHECKOUT && isCompiled(name)) return require('./file-validators.cjs')[name];
  ajv ??= newAjv();
  const validate = ajv.getSchema(`https://fini-harness.dev/files/${name}.schema.json`);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  return validate;
}

const isCompiled = (name: SchemaName): boolean => (COMPILED_IN_PACKAGE as readonly SchemaName[]).includes(name);

/** Loads Ajv only now, since many commands read no file; its package is CommonJS, which loads without waiting. */
function newAjv(): Ajv2020 {
  const ajv: typeof import('ajv/dist/2020.js') = require('ajv/dist/2020.js');
  const formats: typeof import('ajv-formats') = require('ajv-formats');
  // That each is a schema is tested; to check all of them takes longer than to compile one.
  const instance = new ajv.Ajv2020({ ...AJV_OPTIONS, validateSchema: false });
  formats.default(instance);
  for (const name of SCHEMAS)
    instance.addSchema(require(join(PACKAGE_ROOT, 'contracts', 'files', `${name}.schema.json`)));
  return instance;
}

export type { ErrorObject };
