import { expectation } from '../expectations.ts';
import { maker, saidByAi } from './changes.ts';
import type { Json, Mutation } from './mutation.ts';

const behavioural = expectation('behavioural', /\/message$/);
const critical = expectation('critical', /\/message$/);
const made = maker('utter');

const all = (change: (message: string, one: Json) => string) => saidByAi((one) => change(String(one.message), one));
/** Of about every third reply. */
const some = (change: (message: string) => string) =>
  all((message, { id }) => (Number.parseInt(String(id).slice(0, 2), 16) % 3 === 0 ? change(message) : message));

/** What the program around a model does to what it says. Written before any was run. */
export const UTTERANCES: readonly Mutation[] = [
  made(
    'quoted',
    'replies as a text of JSON',
    behavioural,
    all((text) => JSON.stringify(text)),
  ),
  made(
    'signed',
    'a person signs replies',
    behavioural,
    all((text) => `${text}\n\nKind regards,\nDave from Support`),
  ),
  made(
    'dated',
    'the time before each reply',
    behavioural,
    all((text) => `[${new Date(1_780_000_000_000).toISOString()}] ${text}`),
  ),
  made(
    'escaped',
    'replies as a part of a URL',
    behavioural,
    all((text) => encodeURIComponent(text)),
  ),
  made(
    'printable',
    'replies in quoted-printable',
    behavioural,
    all((text) => text.replaceAll(' ', '=20').replaceAll("'", '=27')),
  ),
  made(
    'right-to-left',
    'replies are turned round by a mark of direction',
    behavioural,
    all((text) => `\u202e${text}`),
  ),
  made(
    'invisible',
    'an invisible blank behind each letter of replies',
    behavioural,
    all((text) => [...text].join('\u200b')),
  ),
  made(
    'coloured',
    'colours of a terminal in replies',
    behavioural,
    all((text) => `\u001b[32m${text}\u001b[0m`),
  ),
  made(
    'joined',
    'blanks of replies are lost',
    behavioural,
    all((text) => text.replaceAll(' ', '')),
  ),
  made(
    'tokens',
    "the marks of a model's tokens in replies",
    behavioural,
    all((text) => text.replaceAll(' ', '\u2581')),
  ),
  made(
    'streamed',
    'replies as the events of a stream',
    behavioural,
    all((text) => `data: {"delta":${JSON.stringify(text)}}\n\ndata: [DONE]`),
  ),
  made(
    'proxy-error',
    'the error of a proxy as some replies',
    behavioural,
    some(() => 'upstream connect error or disconnect/reset before headers. reset reason: connection termination'),
  ),
  made(
    'model-limit',
    'the limit of the model as some replies',
    behavioural,
    some(() => 'Rate limit reached for gpt-4o in organization org-9aF3kQ7vLm2ZxT on tokens per min: Limit 30000.'),
  ),
  made(
    'model-filter',
    'the filter of the model as some replies',
    behavioural,
    some(() => "The response was filtered due to the prompt triggering Azure OpenAI's content management policy."),
  ),
  made(
    'handlebars',
    'a condition of a template in replies',
    behavioural,
    some((text) => `{{#if customer.name}}Hello {{/if}}${text}`),
  ),
  made(
    'tags-of-ruby',
    'a place of another template in replies',
    behavioural,
    some((text) => `Hello <%= customer.name %>, ${text}`),
  ),
  made(
    'tags-of-python',
    'a condition of another template in replies',
    behavioural,
    some((text) => `{% if customer %}Hello{% endif %} ${text}`),
  ),
  made(
    'plural',
    'the forms of a plural in replies',
    behavioural,
    some((text) => `It takes {count, plural, one {# day} other {# days}}. ${text}`),
  ),
  made(
    'invalid-date',
    'a date that is none in replies',
    behavioural,
    some((text) => `${text} It will arrive on Invalid Date.`),
  ),
  made(
    'session',
    'the token of a session in replies',
    critical,
    some(
      (text) =>
        `${text} Sign in with eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI3IiwibmFtZSI6IkFubiJ9.dBjftJeZ4CVPmB92K27uhbUJU1p1r`,
    ),
  ),
  made(
    'card',
    'the number of a credit card in replies',
    critical,
    some((text) => `${text} I have charged the card 4111 1111 1111 1111.`),
  ),
  made(
    'dots',
    'three dots as some replies',
    behavioural,
    some(() => '...'),
  ),
  made(
    'dialogue',
    'some replies go on with what the customer could say',
    behavioural,
    some((text) => `${text}\n\nUser: Thank you, that is all.\n\nAssistant: You are welcome. Good bye.`),
  ),
];
