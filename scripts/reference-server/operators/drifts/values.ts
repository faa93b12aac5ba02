import { fingerprint } from '../../random.ts';
import { eachArticle, eachEvent, eachReply, make, set, text } from '../edit.ts';
import type { Operator } from '../operator.ts';

/** Types, nulls, enums, formats and ranges of single values. */
export const VALUES: readonly Operator[] = [
  {
    id: 'M019',
    title: 'createdAt in ISO 8601',
    on: ['U'],
    answer: eachEvent(make('createdAt', (value) => new Date(Number(value)).toISOString())),
  },
  {
    id: 'M022',
    title: 'an integer id',
    on: ['U'],
    answer: eachEvent(make('id', (value) => fingerprint(String(value)) >>> 0)),
  },
  { id: 'M025', title: 'csatRating as a string, when read back', on: ['G'], answer: eachReply(set('csatRating', '5')) },
  { id: 'M028', title: 'a number as externalId', on: ['U'], answer: eachEvent(set('externalId', 471_100)) },
  { id: 'M031', title: 'tags as objects', on: ['T'], answer: eachEvent(make('tags', (value) => tagObjects(value))) },
  { id: 'M034', title: 'message null', on: ['U'], answer: eachReply(set('message', null)) },
  {
    id: 'M037',
    title: 'role or type null',
    on: ['U'],
    answer: eachReply((event, exchange) => set(exchange.variant('M037', ['role', 'type']), null)(event, exchange)),
  },
  { id: 'M040', title: "an article's title null", on: ['K'], answer: eachArticle(set('title', null)) },
  {
    id: 'M043',
    title: 'csatRating always 5',
    on: ['U'],
    stored: (events) => {
      for (const event of events) event.csatRating = 5;
    },
  },
  { id: 'M046', title: 'type text', on: ['U'], answer: eachEvent(set('type', 'text')) },
  { id: 'M049', title: 'article ids that are no UUIDs', on: ['K'], answer: eachArticle(set('id', 'art_7f5392e5')) },
  {
    id: 'M052',
    title: 'createdAt in microseconds',
    on: ['U'],
    answer: eachEvent(make('createdAt', (value) => Number(value) * 1_000)),
  },
  { id: 'M055', title: 'a relative documentUrl', on: ['K'], answer: eachArticle(set('documentUrl', '/articles/7f53')) },
  ...(['id', 'createdAt', 'attachments', 'tags', 'usedArticles'] as const).map((field) => ({
    id: `null-${field}`,
    title: `${field} null`,
    on: ['U' as const],
    answer: eachEvent(set(field, null)),
  })),
  ...(['attachments', 'tags', 'usedArticles'] as const).map((field) => ({
    id: `object-${field}`,
    title: `${field} an object`,
    on: ['U' as const],
    answer: eachEvent(set(field, {})),
  })),
  { id: 'message-number', title: 'message a number', on: ['U'], answer: eachReply(set('message', 42)) },
  {
    id: 'message-parts',
    title: 'message as parts',
    on: ['U'],
    answer: eachReply(make('message', (value) => [{ type: 'text', text: value }])),
  },
  { id: 'csat-string', title: 'csatRating a string', on: ['U'], answer: eachReply(set('csatRating', 'good')) },
  { id: 'approved-string', title: 'approved a string', on: ['U'], answer: eachReply(set('approved', 'true')) },
  { id: 'resolved-number', title: 'resolved a number', on: ['U'], answer: eachReply(set('resolved', 1)) },
  {
    id: 'feedback-object',
    title: 'feedback an object',
    on: ['U'],
    answer: eachReply(set('feedback', { text: 'thanks' })),
  },
  {
    id: 'external-date-string',
    title: 'externalCreatedAt in ISO 8601',
    on: ['U'],
    answer: eachEvent(set('externalCreatedAt', '2026-01-01T00:00:00Z')),
  },
  {
    id: 'id-not-uuid',
    title: 'ids that are no UUIDs',
    on: ['U'],
    answer: eachEvent(make('id', (value) => `evt_${String(value).slice(0, 12)}`)),
  },
  {
    id: 'id-nil',
    title: 'the nil UUID',
    on: ['U'],
    answer: eachReply(set('id', '00000000-0000-0000-0000-000000000000')),
  },
  {
    id: 'created-at-seconds',
    title: 'createdAt in seconds',
    on: ['U'],
    answer: eachEvent(make('createdAt', (value) => Math.floor(Number(value) / 1_000))),
  },
  {
    id: 'created-at-fraction',
    title: 'createdAt with a fraction',
    on: ['U'],
    answer: eachEvent(make('createdAt', (value) => Number(value) + 0.5)),
  },
  {
    id: 'created-at-string',
    title: 'createdAt as digits in a string',
    on: ['U'],
    answer: eachEvent(make('createdAt', (value) => String(value))),
  },
  { id: 'created-at-zero', title: 'createdAt 0', on: ['U'], answer: eachEvent(set('createdAt', 0)) },
  {
    id: 'created-at-negative',
    title: 'createdAt negative',
    on: ['U'],
    answer: eachEvent(make('createdAt', (value) => -Number(value))),
  },
  {
    id: 'external-seconds',
    title: 'externalCreatedAt in seconds',
    on: ['TURN'],
    stored: (events) => {
      for (const event of events) event.externalCreatedAt = Math.floor(event.createdAt / 1_000);
    },
  },
  {
    id: 'external-micros',
    title: 'externalCreatedAt in microseconds',
    on: ['TURN'],
    stored: (events) => {
      for (const event of events) event.externalCreatedAt = event.createdAt * 1_000;
    },
  },
  { id: 'role-case', title: 'FiniBot as role', on: ['U'], answer: eachReply(set('role', 'FiniBot')) },
  { id: 'role-assistant', title: 'assistant as role', on: ['U'], answer: eachReply(set('role', 'assistant')) },
  { id: 'article-title-empty', title: "an article's title empty", on: ['K'], answer: eachArticle(set('title', '')) },
  { id: 'article-id-number', title: 'article ids are numbers', on: ['K'], answer: eachArticle(set('id', 4711)) },
  {
    id: 'article-url-script',
    title: 'a documentUrl that is no web address',
    on: ['K'],
    answer: eachArticle(set('documentUrl', 'javascript:alert(1)')),
  },
  {
    id: 'articles-as-ids',
    title: 'usedArticles as ids',
    on: ['K'],
    answer: eachReply(make('usedArticles', (value) => articleIds(value))),
  },
  {
    id: 'created-at-unsafe',
    title: 'createdAt in nanoseconds',
    on: ['U'],
    bytes: text((json) => json.replace(/("createdAt":\d+)/g, '$1000000')),
  },
];

const tagObjects = (tags: unknown): unknown => (tags as string[]).map((label) => ({ label }));
const articleIds = (articles: unknown): unknown => (articles as { id: string }[]).map(({ id }) => id);
