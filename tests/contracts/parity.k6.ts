import { CASES } from './cases/index.ts';
import { judged } from './judged.ts';

/** The case table inside k6: one line of JSON a case, on the console. */
export default function (): void {
  for (const row of CASES) console.log(judged(row));
}
