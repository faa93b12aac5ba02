import { closest } from 'fastest-levenshtein';

/** What the schema library says about one place. */
interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

const BRANCH = /^(.*)\/anyOf\/\d+(?=\/|$)/;

/** One line for each wrong place. `names` are the options that exist. */
export function complaints(errors: readonly SchemaError[], names: readonly string[]): string[] {
  const wrongBranches = errors.filter(isWrongLaw).map(({ schemaPath }) => branchOf(schemaPath));
  const inWrongBranch = ({ schemaPath }: SchemaError) =>
    wrongBranches.some((path) => `${schemaPath}/`.startsWith(`${path}/`));
  const told = errors.filter((error) => !inWrongBranch(error)).map((error) => complaint(error, names));
  const unknownLaws = errors
    .filter(
      (error) => isWrongLaw(error) && !errors.some((other) => isRightBranch(other, error) && !inWrongBranch(other)),
    )
    .map(
      ({ instancePath }) =>
        `${place(instancePath.replace(/\/law$/, ''))}: must be a law: constant, exponential, log-normal, empirical or mixture`,
    );
  const lines = [...told, ...unknownLaws].filter((line) => line !== undefined);
  return [...new Set(lines)].slice(0, 10);
}

/** A union of laws fails once for each law that was not meant; only the one that was meant is told. */
function isWrongLaw({ keyword, schemaPath, params }: SchemaError): boolean {
  if (keyword === 'const') return /\/anyOf\/\d+\/properties\/law$/.test(schemaPath);
  const { requiredProperties } = params as { requiredProperties?: readonly string[] };
  return keyword === 'required' && BRANCH.test(schemaPath) && requiredProperties?.includes('law') === true;
}

const branchOf = (schemaPath: string): string => BRANCH.exec(schemaPath)?.[0] ?? schemaPath;
const unionOf = (schemaPath: string): string => BRANCH.exec(schemaPath)?.[1] ?? '';

function isRightBranch(error: SchemaError, wrong: SchemaError): boolean {
  return error.schemaPath.startsWith(`${unionOf(wrong.schemaPath)}/anyOf/`);
}

function complaint(
  { keyword, instancePath, params, message }: SchemaError,
  names: readonly string[],
): string | undefined {
  if (keyword === 'boolean' || keyword === 'anyOf') return undefined;
  const { additionalProperties } = params as { additionalProperties?: readonly string[] };
  if (additionalProperties === undefined) return `${place(instancePath)}: ${message}`;
  const [unknown = ''] = additionalProperties;
  const hint = instancePath === '' ? `; did you mean ${closest(unknown, names)}?` : '';
  return `${place(`${instancePath}/${unknown}`)}: no such option${hint}`;
}

const place = (instancePath: string): string => instancePath.slice(1).replaceAll('/', '.');
