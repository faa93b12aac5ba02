import type { ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import type { PublicEvent } from '../event.ts';
import type { Exchange } from '../exchange.ts';
import type { Kind } from './kind.ts';
import type { Policy } from './policy.ts';

/**
 * One way in which the server can differ from its documentation, or vary within it.
 * Each hook changes its argument at one stage of an answer; an operator needs only the hooks of the stages that it changes.
 */
export interface Operator {
  readonly id: string;
  readonly title: string;
  /** Exchanges that it changes: those that are of one of these kinds. */
  readonly on: readonly Kind[];
  /** Rules of the server that it switches off or replaces. */
  readonly policies?: readonly Policy[];
  /** Before anything is stored: throw an ApiError, or return `'broken'` after breaking the connection. */
  readonly before?: (exchange: Exchange, response: ServerResponse) => 'broken' | undefined;
  /** Changes the time that the reply takes. */
  readonly service?: (workMs: number, exchange: Exchange) => number;
  /** Changes the reply before it is stored. */
  readonly generated?: (reply: PublicEvent, exchange: Exchange) => void;
  /** Changes the events of a turn before they are stored; what is left in the array is stored. */
  readonly stored?: (events: PublicEvent[], exchange: Exchange) => void;
  /** Changes status, headers and body of the answer. */
  readonly answer?: (answer: Answer, exchange: Exchange) => void;
  /** Changes the serialised body. */
  readonly bytes?: (body: string | Buffer, answer: Answer, exchange: Exchange) => string | Buffer;
  /** Sends the answer in its own way, in place of the usual one. */
  readonly send?: (response: ServerResponse, answer: Answer, body: string | Buffer) => void;
}
