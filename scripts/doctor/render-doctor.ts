import { createColors } from 'picocolors';
import type { Diagnosis } from './diagnosis.ts';

const SIGNS = { ok: '✓', notice: '!', problem: '✗' } as const;

/** One line a diagnosis; what to do is on the same line. */
export function renderDoctor(diagnoses: readonly Diagnosis[], color: boolean): string {
  const { green, yellow, red, dim } = createColors(color);
  const paint = { ok: green, notice: yellow, problem: red };
  const width = Math.max(...diagnoses.map(({ name }) => name.length));
  const lines = diagnoses.map(({ name, status, text, advice }) => {
    const line = `${paint[status](SIGNS[status])} ${name.padEnd(width)}  ${text}`;
    return advice === undefined ? line : `${line} ${dim(`→ ${advice}`)}`;
  });
  return `${lines.join('\n')}\n`;
}
