/** No file that a person writes is deeper; what reads or writes values by recursion can take far more. */
const DEEPEST = 100;

/**
 * JSON of a file that a person may have written or changed.
 * @throws SyntaxError where it is none, or nested so deep that parts of the harness could not work with it
 */
export function parseFile(text: string): unknown {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  if (isDeeper(value, DEEPEST)) throw new SyntaxError(`nested more than ${DEEPEST} levels deep`);
  return value;
}

function isDeeper(value: unknown, most: number): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > most) return true;
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
  }
  return false;
}
