import { readFile } from 'node:fs/promises';
import type { Arrivals } from '../../../contracts/generated/arrivals.ts';
import { parseJson } from '../../../contracts/parse-json.ts';
import { usageError } from '../../foundation/errors.ts';
import { readTrouble } from '../../foundation/read-trouble.ts';
import { explain } from '../../foundation/schema/explain.ts';
import { validatorOf } from '../../foundation/schema/validator.ts';

/**
 * Reads what `workload learn` writes of arrivals.
 * @throws HarnessError (2) where the file is none
 */
export async function readArrivals(path: string, shownAs = path): Promise<Arrivals> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw usageError(
      `cannot read the arrivals ${shownAs}: ${readTrouble(error)}; create it with \`fini-harness workload learn\``,
      { cause: error },
    );
  });
  const json = parseJson(text);
  if (!json.ok) throw usageError(`${shownAs} is not valid JSON; create it with \`fini-harness workload learn\``);
  const validate = validatorOf('arrivals');
  if (validate(json.value)) return json.value as Arrivals;
  const [first] = explain(validate.errors ?? []);
  throw usageError(
    `${shownAs} is not an arrivals.json of this version: ${`${first?.pointer} ${first?.text}`.trim()}; rebuild it with \`fini-harness workload learn\``,
  );
}
