import { readdirSync, readFileSync } from 'node:fs';

/** A process, by number and by the name that the kernel shows. */
export interface Process {
  readonly pid: number;
  readonly name: string;
}

/** Every process that this one has started, and those that they have started, as they are now. Linux: proc(5). */
export function descendantsOf(pid: number): Process[] {
  const children = tasksOf(pid).flatMap((task) => read(`/proc/${pid}/task/${task}/children`).split(' '));
  return children
    .filter((child) => child.trim() !== '')
    .flatMap((child) => {
      const one = { pid: Number(child), name: read(`/proc/${child}/comm`).trim() };
      return [one, ...descendantsOf(one.pid)];
    });
}

/** Whether a process still runs; a zombie has ended, only its parent has not noticed. */
export function isRunning(pid: number): boolean {
  const state = /^State:\s+(\w)/m.exec(read(`/proc/${pid}/status`))?.[1];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Resident memory of a process now, in bytes; undefined where it is gone. */
export function residentBytes(pid: number): number | undefined {
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`))?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

function tasksOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Empty where the process is gone. */
function read(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
