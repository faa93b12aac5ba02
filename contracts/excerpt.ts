import { cut } from './unicode.ts';

/** Deeper levels are shown as `[…]` and `{…}`. */
const DEEPEST = 8;

/** The beginning of a value as JSON text, of about so many characters: as much work, however long or deep the value is. */
export function excerpt(value: unknown, most: number): string {
  let text = '';
  const write = (item: unknown, depth: number): void => {
    if (typeof item === 'string') text += JSON.stringify(cut(item, most));
    else if (typeof item !== 'object' || item === null) text += JSON.stringify(item) ?? 'null';
    else if (Array.isArray(item)) writeArray(item, depth);
    else writeObject(item as Readonly<Record<string, unknown>>, depth);
  };
  const writeArray = (items: readonly unknown[], depth: number): void => {
    if (depth === DEEPEST && items.length > 0) {
      text += '[…]';
      return;
    }
    text += '[';
    for (let index = 0; index < items.length && text.length <= most; index++) {
      if (index > 0) text += ',';
      write(items[index], depth + 1);
    }
    text += ']';
  };
  const writeObject = (object: Readonly<Record<string, unknown>>, depth: number): void => {
    const names = Object.keys(object);
    if (depth === DEEPEST && names.length > 0) {
      text += '{…}';
      return;
    }
    text += '{';
    for (let index = 0; index < names.length && text.length <= most; index++) {
      const name = names[index] as string;
      text += `${index > 0 ? ',' : ''}${JSON.stringify(cut(name, most))}:`;
      write(object[name], depth + 1);
    }
    text += '}';
  };
  write(value, 0);
  return text;
}
