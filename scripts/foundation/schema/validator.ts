import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import acceptances from '../../../contracts/files/acceptances.schema.json' with { type: 'json' };
import audit from '../../../contracts/files/audit.schema.json' with { type: 'json' };
import baseline from '../../../contracts/files/baseline.schema.json' with { type: 'json' };
import capacity from '../../../contracts/files/capacity.schema.json' with { type: 'json' };
import config from '../../../contracts/files/config.schema.json' with { type: 'json' };
import driftBaseline from '../../../contracts/files/drift-baseline.schema.json' with { type: 'json' };
import driftPlan from '../../../contracts/files/drift-plan.schema.json' with { type: 'json' };
import findings from '../../../contracts/files/findings.schema.json' with { type: 'json' };
import forecast from '../../../contracts/files/forecast.schema.json' with { type: 'json' };
import history from '../../../contracts/files/history.schema.json' with { type: 'json' };
import ledger from '../../../contracts/files/ledger.schema.json' with { type: 'json' };
import plan from '../../../contracts/files/plan.schema.json' with { type: 'json' };
import result from '../../../contracts/files/result.schema.json' with { type: 'json' };
import workload from '../../../contracts/files/workload.schema.json' with { type: 'json' };

/** The files that users write, keep or read, by name. */
const SCHEMAS = {
  acceptances,
  audit,
  baseline,
  capacity,
  config,
  driftBaseline,
  driftPlan,
  findings,
  forecast,
  history,
  ledger,
  plan,
  result,
  workload,
};

export type SchemaName = keyof typeof SCHEMAS;

let ajv: Ajv2020 | undefined;

/**
 * The validator of a file format: fills in defaults, and names all errors with the schema and the data they are about.
 * Compiled when first asked for, since most commands need only one.
 */
export function validatorOf(name: SchemaName): ValidateFunction {
  ajv ??= newAjv();
  const validate = ajv.getSchema(SCHEMAS[name].$id);
  if (validate === undefined) throw new Error(`no schema ${name}`);
  return validate;
}

function newAjv(): Ajv2020 {
  const instance = new Ajv2020({
    allErrors: true,
    verbose: true,
    useDefaults: true,
    strict: true,
    allowUnionTypes: true,
  });
  formats.default(instance);
  for (const schema of Object.values(SCHEMAS)) instance.addSchema(schema);
  return instance;
}

export type { ErrorObject };
