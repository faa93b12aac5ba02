/** The list as one that has a first element, which the types of the file formats ask for. */
export function nonEmpty<T>(list: readonly T[]): [T, ...T[]] {
  const [first, ...rest] = list;
  if (first === undefined) throw new Error('a list that must not be empty is empty');
  return [first, ...rest];
}
