import { isDegenerate } from '../../../../contracts/degenerate.ts';
import { isExample } from '../../../../contracts/example.ts';
import { secretAt } from '../../../../contracts/leak.ts';
import { accountAt, cardAt } from '../../../../contracts/person.ts';
import { HIDDEN_KEY } from '../../../../contracts/redact.ts';
import { proseOf } from '../../../../contracts/reply.ts';
import { replyLeak } from '../../../../contracts/rules/reply-leak.ts';
import { around } from '../../../../contracts/unicode.ts';
import { DRIFT_RULES } from '../../rules/index.ts';
import { type Probe, type Sighting, sighting } from '../../sighting.ts';
import { garbledAt, isForPrograms } from './garbled.ts';
import { isParrot } from './parrot.ts';

/** A message that is nothing but an error, or that holds a stack trace of Python, Node, Java or Go. */
const ERROR_TEXTS = [
  /^\s*(internal server error|bad gateway|service unavailable|gateway time-?out|unhandled (exception|rejection)|(\w*error|exception): (?:[^\n.!?]|[.!?](?=\S)){1,200}[.!?]?)\s*$/i,
  /Traceback \(most recent call last\)/,
  /\n[^\S\n]+at [\w$.<>[\] ]+\([^()\n]+:\d+(:\d+)?\)/,
  /\ngoroutine \d+ \[/,
  /^\s*(upstream (connect error|request time-?out)|no healthy upstream|connection (refused|reset|timed out)|request timed out|too many requests)\b[^\n]{0,200}$/i,
  // What the provider of a model says to the program that called it.
  /\brate limit (reached|exceeded) for \w|\bmaximum context length is \d|\bresponse was filtered due to\b|\bcontent management policy\b/i,
];

/** What a reply says that no reply should say. Its schema and its place are judged elsewhere. */
export function judgeReply(probe: Probe): Sighting[] {
  const { turn } = probe.step;
  if (turn?.role !== 'user') return [];
  return (probe.response.events ?? []).flatMap(({ role, message }, index) => {
    if (role === 'user') return [];
    const at = { probe, place: `/responses/200/body/${index}/message` };
    if (isParrot(message, turn.content))
      return [sighting({ ...at, rule: DRIFT_RULES.replyParrot, expected: { not: 'content' }, value: message })];
    const prose = proseOf(message);
    const secret = secretIn(probe, prose);
    if (secret >= 0) {
      const value = around(prose, secret);
      return [sighting({ ...at, rule: replyLeak, expected: { secrets: 'none' }, value })];
    }
    const expected = { text: 'reply' };
    if (isDegenerate(message) && !isDegenerate(turn.content))
      return [sighting({ ...at, rule: DRIFT_RULES.replyDegenerate, expected: { repeats: 'few' }, value: message })];
    // What the customer showed may be quoted, and an error that a sentence explains is shown as code.
    const shown = prose.trim() === '' ? message : prose;
    const isError = ERROR_TEXTS.some((pattern) => pattern.test(shown) && !pattern.test(turn.content));
    const garbled = isForPrograms(message) && !/json|xml/i.test(turn.content) ? 0 : garbledAt(prose);
    if (garbled >= 0 && garbledAt(turn.content) < 0) {
      const value = around(prose, garbled);
      return [sighting({ ...at, rule: DRIFT_RULES.replyGarbled, expected: { text: 'plain' }, value })];
    }
    return isError ? [sighting({ ...at, rule: DRIFT_RULES.replyError, expected, value: message })] : [];
  });
}

/** Where a reply shows a secret, which the ledger may have hidden, a payment card or a bank account, that its turn did not name; or -1. */
function secretIn({ exchange, step }: Probe, prose: string): number {
  const hidden = exchange.keyShown === true ? prose.indexOf(HIDDEN_KEY) : -1;
  if (hidden >= 0) return hidden;
  const said = step.turn?.content ?? '';
  const secret = secretAt(prose);
  if (secret >= 0 && secretAt(said) < 0) return secret;
  const numbers = [cardAt(prose, said), accountAt(prose, said)].filter((at) => at >= 0);
  return numbers.find((at) => !isExample(prose, at, MOST_DIGITS) && !OF_THE_HOUSE.test(prose.slice(0, at))) ?? -1;
}

/** Of an IBAN, with its blanks. */
const MOST_DIGITS = 42;
/** What stands before the account that customers pay to. */
const OF_THE_HOUSE =
  /\b(?:our|unser\w*|notre|nos|nuestr[ao]s?|noss[ao]s?|nostr[oaei]|onze|ons|nasz\w*|(?:transfer|pay|send)\w* (?:[\w.]+ ){0,6}to|payee|beneficiary)\b[^.\n]{0,60}$/i;
