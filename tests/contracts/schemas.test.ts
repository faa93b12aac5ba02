import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { FORMATS } from '../../contracts/formats.ts';
import {
  agentsErrors,
  conversationErrors,
  conversationPageErrors,
  errorErrors,
  eventsErrors,
  isAgents,
  isConversation,
  isConversationPage,
  isError,
  isEvents,
} from '../../contracts/generated/validators.js';
import { readSchemas, type SchemaFile } from '../../scripts/k6/build/contract-schemas.ts';
import example from './fixtures/generate-answer.example.json' with { type: 'json' };
import request from './fixtures/generate-answer.request.json' with { type: 'json' };

let schemas: readonly SchemaFile[];
beforeAll(async () => {
  schemas = await readSchemas();
});

const CONVERSATION = {
  id: 'c1',
  createdAt: 1749640953000,
  source: 'api',
  channel: 'chat',
  status: 'open',
  externalId: null,
  url: null,
  subjectPreview: 'Where is my order?',
  hasFeedback: false,
  resolved: null,
  userAttributes: { email: 'customer@example.com' },
  usedArticles: [],
  usedSubfolders: [],
  events: example,
};
const PAGE = { interactions: [CONVERSATION], hasMore: false, nextCursor: null, prevCursor: null };
const AGENTS = [{ id: 'b1', name: 'Support', createdAt: '2025-06-11T11:22:33.123Z' }];
const ENVELOPE = { statusCode: 400, message: ['content is missing'], error: 'Bad Request' };

describe('the schemas of contracts/api', () => {
  test('compile in the 2020-12 dialect, strictly, and accept the documented request', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, formats: { ...FORMATS } });
    ajv.addVocabulary(['x-assumption', 'x-unit']);
    for (const { folder, schema } of schemas) if (folder === 'api') ajv.addSchema(schema);
    for (const { folder, schema } of schemas)
      if (folder === 'api') expect(ajv.getSchema(schema.$id)).toBeTypeOf('function');
    const isRequest = ajv.getSchema('https://fini-harness.dev/api/request.schema.json');
    expect(isRequest?.(request)).toBe(true);
    expect(isRequest?.({ content: 'no id at all' })).toBe(false);
    expect(isRequest?.({ botId: 'no content' })).toBe(false);
  });

  test('each has its file name as $id and a title of its own', () => {
    for (const { folder, name, schema } of schemas) {
      expect(schema.$id).toBe(`https://fini-harness.dev/${folder}/${name}.schema.json`);
    }
    expect(new Set(schemas.map(({ schema }) => schema.title)).size).toBe(schemas.length);
  });
});

describe('the validators', () => {
  test.each([
    ['isEvents', isEvents, eventsErrors, example, [{ ...example[0], id: 1 }], [{ ...example[0], more: 1 }]],
    ['isError', isError, errorErrors, ENVELOPE, { ...ENVELOPE, statusCode: '400' }, { ...ENVELOPE, path: '/' }],
    ['isAgents', isAgents, agentsErrors, AGENTS, [{ ...AGENTS[0], createdAt: 'today' }], [{ ...AGENTS[0], more: 1 }]],
    [
      'isConversation',
      isConversation,
      conversationErrors,
      CONVERSATION,
      { ...CONVERSATION, events: [{}] },
      { ...CONVERSATION, more: 1 },
    ],
    [
      'isConversationPage',
      isConversationPage,
      conversationPageErrors,
      PAGE,
      { ...PAGE, hasMore: 'no' },
      { ...PAGE, more: 1 },
    ],
  ] as const)('%s takes what it does not know; the other names it', (_, isValid, errorsOf, valid, wrong, more) => {
    expect(isValid(valid)).toBe(true);
    expect(errorsOf(valid)).toBe(true);
    expect(isValid(wrong)).toBe(false);
    expect(errorsOf(wrong)).toBe(false);
    expect(isValid(more)).toBe(true);
    expect(errorsOf(more)).toBe(false);
    expect(errorsOf.errors?.map(({ keyword }) => keyword)).toEqual(['additionalProperties']);
  });
});

/** What stands in the place of a part; undefined: nothing. */
const VALUES = [
  undefined,
  null,
  0,
  -1,
  1.5,
  1e300,
  true,
  '',
  'x',
  example[0]?.id,
  'https://a.example',
  [],
  [0],
  [{}],
  {},
];

/** The value with each of its parts in turn replaced by each of the values. */
function* changed(value: unknown): Generator<unknown> {
  yield* VALUES;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const other of changed(part)) {
      const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      if (other === undefined && !Array.isArray(value)) delete copy[key];
      else copy[key] = other;
      yield copy;
    }
  }
}

describe('the validators that stop at the first error', () => {
  test.each([
    ['isEvents', isEvents, eventsErrors, example],
    ['isError', isError, errorErrors, ENVELOPE],
    ['isAgents', isAgents, agentsErrors, AGENTS],
    ['isConversation', isConversation, conversationErrors, CONVERSATION],
    ['isConversationPage', isConversationPage, conversationPageErrors, PAGE],
  ] as const)('%s refuses what has an error, whichever part is another', (_, isValid, errorsOf, valid) => {
    let [accepted, refused] = [0, 0];
    for (const value of changed(valid)) {
      const isRefused = !errorsOf(value) && errorsOf.errors?.some(({ keyword }) => keyword !== 'additionalProperties');
      if (isValid(value) === isRefused) expect.fail(`${isRefused ? 'accepts' : 'refuses'} ${JSON.stringify(value)}`);
      if (isRefused) refused += 1;
      else accepted += 1;
    }
    expect(Math.min(accepted, refused)).toBeGreaterThan(5);
  });
});
