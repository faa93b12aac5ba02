import type { ServerResponse } from 'node:http';
import type { Answer, Sent } from '../answer.ts';
import type { PublicEvent } from '../event.ts';
import type { Exchange } from '../exchange.ts';
import type { Kind } from './kind.ts';
import type { Policy } from './policy.ts';

/**
 * One way in which the server can differ from its documentation, or vary within it.
 * Each hook changes its arguments at one stage of an answer; an operator has the hooks of the stages that it changes.
 */
export interface Operator {
  readonly id: string;
  readonly title: string;
  /** Exchanges that it changes: those that are of one of these kinds. */
  readonly on: readonly Kind[];
  /** Rules of the server that it lifts. */
  readonly policies?: readonly Policy[];
  /** The request is valid, nothing is stored yet: may throw an ApiError, or break the connection and throw `BROKEN`. */
  readonly before?: (exchange: Exchange) => void;
  /** The request is valid, nothing is stored yet: an answer in place of all that would follow, or undefined. */
  readonly instead?: (exchange: Exchange) => Answer | undefined;
  /** Changes the time that a reply takes. */
  readonly service?: (workMs: number, exchange: Exchange) => number;
  /** Changes a reply before it is stored; `incoming` is the event that it answers. */
  readonly generated?: (reply: PublicEvent, incoming: PublicEvent, exchange: Exchange) => void;
  /** Changes the events that are about to be stored: the incoming one, or the reply. What is left is stored. */
  readonly stored?: (events: PublicEvent[], exchange: Exchange) => void;
  /** Keeps an answer back, and may send another one; says itself to the exchange whether it changed anything. */
  readonly held?: (answer: Answer, exchange: Exchange) => Promise<Answer>;
  /** Changes status, headers and body of an answer. The body is a copy of what is stored. */
  readonly answer?: (answer: Answer, exchange: Exchange) => void;
  /** Changes the serialised body. */
  readonly bytes?: (body: string | Buffer, answer: Answer, exchange: Exchange) => string | Buffer;
  /** Sends the answer in its own way, in place of the usual one, and tells what will have been sent. */
  readonly send?: (response: ServerResponse, answer: Answer, body: string | Buffer) => Sent;
}

/** Thrown where an operator has broken the connection: there is nothing left to answer. */
export const BROKEN = new Error('The connection was broken on purpose.');
