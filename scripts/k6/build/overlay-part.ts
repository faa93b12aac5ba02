import { Ajv } from 'ajv';
import { FORMATS } from '../../../contracts/formats.ts';
import { type Schema, typesOf } from '../../../contracts/schema.ts';
import type { JsonSchema } from './contract-schemas.ts';

/** A validator for parts of an overlay, with the formats and the dialect of the contract. */
export function newPartAjv(): Ajv {
  const ajv = new Ajv({ allErrors: true, formats: { ...FORMATS }, strictTypes: false, strictRequired: false });
  ajv.addVocabulary(['x-assumption', 'x-unit']);
  return ajv;
}

/** What is wrong with a part by itself: a pattern that does not compile, or values that the rest of it refuses. */
export function partTrouble(part: Schema): string | undefined {
  const { enum: values, const: only, ...rest } = part;
  try {
    const validate = newPartAjv().compile(rest);
    for (const value of values ?? (only === undefined ? [] : [only])) {
      if (!validate(value)) return `lists ${JSON.stringify(value)}, which the rest of the schema refuses`;
    }
  } catch (error) {
    return `is not a schema: ${(error as Error).message}`;
  }
  const known = Object.keys(part.properties ?? {});
  const unknown = (part.required ?? []).find((name) => !known.includes(name));
  if (unknown !== undefined) return `requires ${unknown}, which is not among its properties`;
  const inner = [...Object.values(part.properties ?? {}), ...(part.items === undefined ? [] : [part.items])];
  return inner.map(partTrouble).find((trouble) => trouble !== undefined);
}

/** How a decision contradicts what the contract says at its place: no value could be of both types. */
export function contradiction(documented: JsonSchema, decided: Schema): string | undefined {
  const isTyped = ({ type, enum: values, const: only }: Schema) => (type ?? values ?? only) !== undefined;
  if (!isTyped(documented as Schema) || !isTyped(decided)) return undefined;
  const [before, after] = [typesOf(documented as Schema), typesOf(decided)];
  const isNumber = (type: string) => type === 'number' || type === 'integer';
  if (after.some((type) => before.includes(type) || (isNumber(type) && before.some(isNumber)))) return undefined;
  return `contradicts the contract, which has ${before.join(' or ')} there, not ${after.join(' or ')}`;
}
