import { body, drop, eachArticle, eachEvent, rename, set, text } from '../edit.ts';
import type { Operator } from '../operator.ts';

const FIELDS = [
  'id',
  'createdAt',
  'role',
  'type',
  'message',
  'externalId',
  'externalCreatedAt',
  'csatRating',
  'feedback',
  'approved',
  'resolved',
  'attachments',
  'tags',
  'usedArticles',
] as const;

/** Shape of the answer: its top level, and which properties there are. */
export const STRUCTURE: readonly Operator[] = [
  {
    id: 'M001',
    title: 'an object {events: [...]} in place of the array',
    on: ['U'],
    answer: body((events) => ({ events })),
  },
  { id: 'M004', title: 'the array nested in an array', on: ['U'], answer: body((events) => [events]) },
  {
    id: 'M007',
    title: 'events one after the other, without an array',
    on: ['U'],
    bytes: text((json) => (JSON.parse(json) as unknown[]).map((event) => JSON.stringify(event)).join('\n')),
  },
  {
    id: 'M010',
    title: 'each event nested in {data: ...}',
    on: ['U'],
    answer: body((events) => (events as unknown[]).map((data) => ({ data }))),
  },
  {
    id: 'M013',
    title: "an article's documentUrl left out",
    on: ['K'],
    answer: eachArticle(drop('documentUrl')),
  },
  {
    id: 'M016',
    title: 'a key twice in an event',
    on: ['U'],
    bytes: text((json) => json.replace('{"id":', '{"message":"first of two","id":')),
  },
  { id: 'M211', title: 'a new property on events', on: ['U'], answer: eachEvent(set('confidence', 0.93)) },
  { id: 'M214', title: 'a new property in articles', on: ['K'], answer: eachArticle(set('score', 0.81)) },
  { id: 'M217', title: 'a new request property is honoured, which no answer shows', on: [] },
  ...FIELDS.map((field) => ({
    id: `without-${field}`,
    title: `events without ${field}`,
    on: ['U' as const],
    answer: eachEvent(drop(field)),
  })),
  { id: 'body-null', title: 'null in place of the array', on: ['U'], answer: body(() => null) },
  { id: 'body-empty-array', title: 'an empty array', on: ['U'], answer: body(() => []) },
  {
    id: 'body-single',
    title: 'the reply alone, without an array',
    on: ['U'],
    answer: body((events) => (events as unknown[]).at(-1)),
  },
  { id: 'body-keyed', title: 'an object keyed by event id', on: ['U'], answer: body(keyed) },
  {
    id: 'snake-case',
    title: 'created_at in place of createdAt',
    on: ['U'],
    answer: eachEvent((event) => rename(event, 'createdAt', 'created_at')),
  },
  {
    id: 'message-renamed',
    title: 'text in place of message, in events wherever they are shown',
    on: ['TURN', 'G', 'L'],
    answer: eachEvent((event) => rename(event, 'message', 'text')),
  },
  { id: 'article-without-id', title: 'articles without id', on: ['K'], answer: eachArticle(drop('id')) },
  { id: 'article-without-title', title: 'articles without title', on: ['K'], answer: eachArticle(drop('title')) },
  { id: 'json-trailing', title: 'text after the JSON', on: ['U'], bytes: text((json) => `${json};`) },
  { id: 'json-prefix', title: "the guard )]}', before the JSON", on: ['U'], bytes: text((json) => `)]}',\n${json}`) },
  {
    id: 'json-nan',
    title: 'NaN in place of null',
    on: ['U'],
    bytes: text((json) => json.replace('"csatRating":null', '"csatRating":NaN')),
  },
];

function keyed(events: unknown): unknown {
  return Object.fromEntries((events as { id: string }[]).map((event) => [event.id, event]));
}
