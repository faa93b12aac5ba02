import { expectation } from '../expectations.ts';
import { maker, saidByAi, written } from './changes.ts';
import { good, type Mutation } from './mutation.ts';
import { hash } from './novelty.ts';

const made = maker('vtransport');

const breaking = (place: RegExp) => expectation('breaking', place);
const behavioural = (place: RegExp) => expectation('behavioural', place);

const UNREADABLE = /\/body$/;
const SAID = /\/message$/;

/** How a stream reads whose every piece has all text so far. */
function cumulative(text: string): string {
  const words = text.split(' ');
  return words.map((_, index) => words.slice(0, index + 1).join(' ')).join('');
}

/** How answers get from the model and the service to the client. */
export const VENDOR_TRANSPORTS: readonly Mutation[] = [
  made(
    'base64',
    'a turn is answered in base64, as a gateway takes it from a function',
    breaking(UNREADABLE),
    written('turn', (text) => Buffer.from(text).toString('base64')),
  ),
  made(
    'double-encoded',
    'a conversation is JSON in a JSON string',
    breaking(UNREADABLE),
    good('get', (body: unknown) => JSON.stringify(body)),
  ),
  made(
    'stream-end',
    'the mark of the end of a stream follows a turn',
    breaking(UNREADABLE),
    written('turn', (text) => `${text}\n\ndata: [DONE]\n\n`),
  ),
  made(
    'script-guard',
    'a guard against scripts precedes the listing',
    breaking(UNREADABLE),
    written('list', (text) => `)]}',\n${text}`),
  ),
  made(
    'not-a-number',
    'csatRating without a value is NaN, as Python writes it',
    breaking(UNREADABLE),
    written('turn', (text) => text.replaceAll('"csatRating":null', '"csatRating":NaN')),
  ),
  made(
    'utf-16',
    'agents are answered in UTF-16',
    breaking(/\/(body|headers\/content-type)$/),
    written('agents', (text) => Buffer.from(text, 'utf16le'), 'application/json; charset=utf-16le'),
  ),
  made(
    'thinking',
    'replies begin with what the model thought',
    behavioural(SAID),
    saidByAi(
      ({ message }) => `<think>The user needs help. I should answer briefly and stay polite.</think>\n\n${message}`,
    ),
  ),
  made(
    'citations',
    'replies have marks of citations that nobody resolved',
    behavioural(SAID),
    saidByAi(({ message }) => `${message}【4:0†source】`),
  ),
  made(
    'cumulative-pieces',
    'replies are all pieces of a stream whose pieces grow',
    behavioural(SAID),
    saidByAi(({ message }) => cumulative(String(message))),
  ),
  made(
    'byte-tokens',
    'replies are tokens as the vocabulary has them',
    behavioural(SAID),
    saidByAi(({ message }) => String(message).replaceAll(' ', 'Ġ')),
  ),
  made(
    'tool-call',
    'replies are calls of a tool that nobody made',
    behavioural(SAID),
    saidByAi(({ message }) =>
      JSON.stringify({
        name: 'search_articles',
        call_id: `call_${hash(message).slice(0, 24)}`,
        arguments: { limit: 5 },
      }),
    ),
  ),
];
