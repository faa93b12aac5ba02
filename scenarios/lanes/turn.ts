import type { CookieJar } from 'k6/http';
import http from 'k6/http';
import type { Sent } from '../../contracts/generated/ledger.ts';
import { cut } from '../../contracts/unicode.ts';
import { judgeAnswer, judgeUnanswered } from './judge-answer.ts';
import type { Judgement } from './judgement.ts';
import type { Lane } from './lane-state.ts';
import { keeper, record, recordSent, recordSettled } from './ledger.ts';
import type { SettledTurn } from './settled-turn.ts';
import { settlementOf } from './settlement.ts';
import { bodyOf, paramsOf, type TurnRequest, URL } from './turn-request.ts';
import type { Reply } from './unanswered.ts';

const NOTHING: Judgement = { events: [], violations: [], isValid: false };

/**
 * A turn that was sent. Whoever awaits its reply settles it: every promise in between is time on every turn, and every
 * function that is made for it is memory as long as it is in flight.
 */
export interface TurnUnderWay {
  readonly request: TurnRequest;
  /** What the ledger has of its latest attempt. */
  line: Sent;
  /** Its body, where bodies are kept. */
  readonly body: string;
  /** Rejects where k6 has no response to give. */
  reply: Promise<Reply<string>>;
  /** Given where its latest attempt is settled already. */
  settled?: SettledTurn;
}

/**
 * Sends one turn, and writes its line when it leaves.
 * @param line what the ledger has of it; `sentAt` is set when it leaves
 */
export function sendTurn({ counts }: Lane, line: Sent, request: TurnRequest, jar: CookieJar): TurnUnderWay {
  const body = bodyOf(request);
  counts.sent += 1;
  line.sentAt = Date.now();
  recordSent(line);
  return {
    request,
    line,
    body: keeper === undefined ? '' : body,
    reply: http.asyncRequest('POST', URL, body, paramsOf(line, jar)),
  };
}

/**
 * Checks the answer of a turn, and writes what became of it to the ledger; the lane hears of it first. To be called
 * once for each attempt, with the reply or with what stands for it (`unanswered`).
 */
export function settleTurn(lane: Lane, turn: TurnUnderWay, reply: Reply<string>): SettledTurn {
  if (turn.settled !== undefined) return turn.settled;
  const { line, request, body } = turn;
  const settled = settle(line, request, reply);
  lane.note(settled);
  keeper?.keep(line, { request: body, answer: reply.body }, settled.judgement.violations.length > 0);
  return settled;
}

function settle(sent: Sent, said: TurnRequest, response: Reply<string>): SettledTurn {
  const settledAt = Date.now();
  const { body } = response; // Read once: k6 makes a new string of it each time.
  const text = body ?? '';
  const judgement = judge(sent, said, response, text, settledAt);
  const settlement = settlementOf(response, text.length, settledAt);
  recordSettled(sent, settlement, judgement);
  const abandoned = settlement.outcome === 'timed-out' && sent.patienceMs !== undefined;
  return { sent, settlement, judgement, abandoned };
}

/** A defect of the checks must not keep a turn from settling: the ledger tells of both. */
function judge(
  { lane, conversation, sentAt }: Sent,
  said: TurnRequest,
  response: Reply<string>,
  text: string,
  settledAt: number,
): Judgement {
  try {
    if (response.status === 0) return judgeUnanswered(said, response.error, text, sentAt, settledAt);
    return judgeAnswer(lane, said, response, text, sentAt, settledAt);
  } catch (error) {
    record({
      kind: 'fault',
      lane,
      at: settledAt,
      conversation,
      message: cut(`an answer was not checked: ${error}`, 300),
    });
    return NOTHING;
  }
}
