import { expectation, STATUS } from '../expectations.ts';
import { each, everywhere, onPage, onShown } from './changes.ts';
import { good, isJson, type Json, list, type Mutation } from './mutation.ts';
import { at, BODY, both, made, onErrors } from './novelty.ts';

/** .NET's ReferenceHandler.Preserve. */
function preserved(value: unknown, count = { of: 0 }): unknown {
  if (typeof value !== 'object' || value === null) return value;
  count.of += 1;
  const $id = String(count.of);
  if (Array.isArray(value)) return { $id, $values: value.map((one) => preserved(one, count)) };
  return { $id, ...Object.fromEntries(Object.entries(value).map(([key, one]) => [key, preserved(one, count)])) };
}

/** Jackson's JsonIdentityInfo: what was written before is written as its id. */
function identified(value: unknown, seen = new Set<string>()): unknown {
  if (Array.isArray(value)) return value.map((one) => identified(one, seen));
  if (!isJson(value)) return value;
  if ('documentUrl' in value) {
    const id = String(value.id);
    if (seen.has(id)) return id;
    seen.add(id);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, identified(one, seen)]));
}

const SUB: Readonly<Record<number, number>> = { 400: 400.6, 401: 401.2, 403: 403.3, 500: 500.19 };

/** What other frameworks and gateways make of answers. Written before any was run. */
export const ENCOUNTERS: readonly Mutation[] = [
  made(
    'get-preserved',
    'Get keeps references as .NET does: lists are {$id, $values}',
    expectation('breaking', BODY),
    good('get', (body: unknown) => preserved(body)),
  ),
  made(
    'articles-identified',
    'an article that an answer has shown before is its id alone, as Jackson writes what it wrote before',
    at('breaking', 'usedArticles'),
    (response, request) => {
      if (response.status === 200 && /^(turn|get|list)$/.test(request.operation))
        response.body = identified(response.body);
    },
  ),
  made(
    'removal-returns',
    'a removal is answered with the conversation that is gone',
    expectation('breaking', /^#\/(responses|removal)/),
    (response, request, memory) => {
      onShown((one) => memory.set(String(one.id), structuredClone(one)))(response, request, memory);
      if (request.operation !== 'delete' || response.status !== 200) return;
      const gone = memory.get(request.path.split('/').at(-2) ?? '');
      if (gone !== undefined) response.body = gone;
    },
  ),
  made(
    'turn-multipart',
    'a turn is answered in parts, so that files can follow',
    expectation('breaking', /\/headers\/content-type$/),
    (response, request) => {
      if (request.operation !== 'turn' || response.status !== 200) return;
      response.raw = `--part7f3a\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(response.body)}\r\n--part7f3a--\r\n`;
      response.headers['content-type'] = 'multipart/mixed; boundary=part7f3a';
    },
  ),
  made(
    'apostrophes-escaped',
    'apostrophes are escaped as in a script',
    expectation('breaking', BODY),
    (response, request) => {
      if (response.status !== 200 || !/^(turn|get|list)$/.test(request.operation)) return;
      const text = JSON.stringify(response.body);
      if (text.includes("'")) response.raw = text.replaceAll("'", "\\'");
    },
  ),
  made(
    'empty-is-null',
    'an empty text is stored as null, as Oracle does',
    at('breaking', 'message'),
    both(
      everywhere((one) => one.message === '' && Object.assign(one, { message: null })),
      onShown((one) => one.subjectPreview === '' && Object.assign(one, { subjectPreview: null })),
    ),
  ),
  made(
    'agents-slugs',
    'ids of agents are their names as slugs',
    at('breaking', 'id'),
    good('agents', (body: Json[]) =>
      each(list(body), (one) => Object.assign(one, { id: String(one.name).toLowerCase().replaceAll(' ', '-') })),
    ),
  ),
  made(
    'page-by-day',
    'conversations are listed under the day of their beginning',
    expectation('breaking', /^#\/responses\/[^/]+\/body.*interactions/),
    onPage((page) => {
      const days = new Map<string, Json[]>();
      for (const one of list(page.interactions)) {
        const day = new Date(Number(one.createdAt)).toISOString().slice(0, 10);
        days.set(day, [...(days.get(day) ?? []), one]);
      }
      page.interactions = [...days].map(([day, interactions]) => ({ day, interactions }));
    }),
  ),
  made('query-key-400', '400 for a key in the query', expectation('breaking', STATUS), (response, request) => {
    if (request.query.has('api_key') && response.status === 401)
      Object.assign(response, {
        status: 400,
        body: { statusCode: 400, message: 'property api_key should not exist', error: 'Bad Request' },
      });
  }),
  made(
    'sub-status',
    'statusCode has the sub-status of the web server',
    at('breaking', 'statusCode'),
    onErrors((body, status) => SUB[status] !== undefined && Object.assign(body, { statusCode: SUB[status] })),
  ),
  made(
    'preview-object',
    'subjectPreview says whether it is cut',
    at('breaking', 'subjectPreview'),
    onShown((one) =>
      Object.assign(one, {
        subjectPreview: { text: one.subjectPreview, isCut: String(one.subjectPreview).length >= 80 },
      }),
    ),
  ),
];
