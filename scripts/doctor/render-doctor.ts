import { textTable } from '../foundation/text/table.ts';
import { styles, textLines } from '../foundation/text/terminal.ts';
import type { Diagnosis } from './diagnosis.ts';

const SIGNS = { ok: '✓', notice: '!', problem: '✗' } as const;

/** One line a diagnosis; what to do is on the same line. */
export function renderDoctor(diagnoses: readonly Diagnosis[], color: boolean): string {
  const { green, yellow, red, dim } = styles(color);
  const paint = { ok: green, notice: yellow, problem: red };
  const rows = diagnoses.map(({ name, status, text, advice }) => [
    `${paint[status](SIGNS[status])} ${name}`,
    advice === undefined ? text : `${text} ${dim(`→ ${advice}`)}`,
  ]);
  return textLines(textTable(rows, 'll', 0));
}
