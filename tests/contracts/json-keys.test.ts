import { describe, expect, it } from 'vitest';
import { repeatedKey } from '../../contracts/json-keys.ts';
import { redact } from '../../contracts/redact.ts';

const repeated = (body: string) => repeatedKey(body, JSON.parse(body));

describe('a key that an object repeats', () => {
  it.each([
    ['one', '{"a":1,"a":2}', ['a']],
    ['one that is written otherwise', '{"a":1,"\\u0061":2}', ['a']],
    ['one within lists', '[{"b":[0,{"c":{},"c":{}}]}]', [0, 'b', 1, 'c']],
    ['one of several objects', '[{"a":1},{"a":2}]', undefined],
    ['in a text', '{"a":"\\"a\\":1","b":"{\\"b\\":1,\\"b\\":2}"}', undefined],
  ])('%s', (_, body, path) => {
    expect(repeated(body)).toEqual(path);
  });

  it.each([
    ['addresses', '{"jane@private.example":1,"joe@private.example":2}'],
    ['keys', '{"fini_0123456789abcdef":1,"fini_fedcba9876543210":2}'],
    ['parts of names', '{"of jane@private.example":1,"of joe@private.example":2}'],
  ])('not where redaction made %s equal', (_, body) => {
    expect(repeated(body)).toBeUndefined();
    expect(JSON.parse(redact(body))).not.toEqual(JSON.parse(body));
    expect(repeated(redact(body))).toBeUndefined();
  });
});
