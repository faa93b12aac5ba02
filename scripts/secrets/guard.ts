import { type Forbidden, PERSONAL, type Redact, redactor } from '../../contracts/redact.ts';
import type { Guard, Needle, Variables } from '../foundation/guard.ts';
import { allForms, commonForms, LEAST_SECRET, piecesOf, valueForms } from './forms.ts';

const KEY_VARIABLE = /^FINI_.*KEY$/;
/** Shorter values would blank out ordinary words. */
const LEAST_VALUE = 4;

export function newGuard(variables: Variables = {}): Guard {
  const keys = new Map<string, string>();
  const values = new Set<string>();
  const patterns = new Set<string>();
  const fields = new Set<string>();
  const watched = new Set<string>();
  let redact: Redact | undefined;

  const forbidden = (): Forbidden => ({
    keys: longestFirst([...keys.keys()].flatMap(writtenForms)),
    values: longestFirst([...values].flatMap(valueForms)),
    patterns: [...patterns],
    fields: [...fields],
  });
  const guard: Guard = {
    protectKeys: (more) => {
      for (const [name, value] of Object.entries(more)) {
        const key = KEY_VARIABLE.test(name) ? (value?.trim() ?? '') : '';
        if (key.length >= LEAST_SECRET) keys.set(key, name);
      }
      redact = undefined;
    },
    protectPersonal: (data) => {
      for (const field of data?.fields ?? []) fields.add(field);
      for (const pattern of data?.patterns ?? []) patterns.add(pattern);
      guard.protectValues(data?.values ?? []);
    },
    protectValues: (more) => {
      // What was taken out before is no datum.
      for (const value of more) if (value.length >= LEAST_VALUE && value !== PERSONAL) values.add(value);
      redact = undefined;
    },
    redact: (text) => {
      redact ??= redactor(forbidden());
      return redact(text);
    },
    watch: (path) => void watched.add(path),
    watched: () => [...watched],
    forbidden,
    needles: () => [...[...keys].flatMap(([key, name]) => keyNeedles(key, name)), ...[...values].flatMap(valueNeedles)],
  };
  guard.protectKeys(variables);
  return guard;
}

const writtenForms = (key: string): string[] => commonForms(key).flatMap(({ text }) => [text, ...piecesOf(text)]);

const keyNeedles = (key: string, name: string): Needle[] =>
  allForms(key).flatMap((form) => piecesOf(form.text).map((text) => ({ text, what: `${name}, ${form.name}` })));

const valueNeedles = (value: string): Needle[] =>
  valueForms(value).map((text) => ({ text, what: 'a value of personalData' }));

function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort((a, b) => b.length - a.length);
}
