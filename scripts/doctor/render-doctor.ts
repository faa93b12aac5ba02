import { createColors } from 'picocolors';
import type { Finding } from './finding.ts';

const SIGNS = { ok: '✓', notice: '!', problem: '✗' } as const;

/** One line a finding; what to do is on the same line. */
export function renderDoctor(findings: readonly Finding[], color: boolean): string {
  const { green, yellow, red, dim } = createColors(color);
  const paint = { ok: green, notice: yellow, problem: red };
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.map(({ name, status, text, advice }) => {
    const line = `${paint[status](SIGNS[status])} ${name.padEnd(width)}  ${text}`;
    return advice === undefined ? line : `${line} ${dim(`→ ${advice}`)}`;
  });
  return `${lines.join('\n')}\n`;
}
