import type { KeptTexts } from '../../contracts/generated/ledger.ts';
import { keptBody, LONGEST_BODY } from '../../contracts/kept-body.ts';
import { random } from '../../contracts/random.ts';
import { type Forbidden, redactor } from '../../contracts/redact.ts';
import type { TurnKey } from './turn-request.ts';

/** Of all lanes together, in characters of bodies: what a browser, a disk and an owner can bear. */
const MOST_CHARS = 50_000_000;
/** Tells these draws of a conversation apart from its others. */
const STREAM = 0x7e;

/** The bodies of a turn. */
export interface Bodies {
  readonly request: string;
  /** Null where no answer came. */
  readonly answer: string | null;
}

export interface TextKeeper {
  /** Writes the bodies of a turn to the ledger if the plan wants them kept. */
  readonly keep: (key: TurnKey, bodies: Bodies, isViolating: boolean) => void;
  /** Turns whose bodies would have passed the lane's limit. */
  readonly unkept: () => number;
}

export interface KeeperOptions {
  /** Of the turns without a violation; those with one are all kept. */
  readonly share: number;
  readonly seed: number;
  readonly lanes: number;
  readonly forbidden: Forbidden;
  readonly record: (line: KeptTexts) => void;
}

/** Keeps what was said in a share of turns, the same ones whenever a plan is run, and wherever the contract is broken. */
export function textKeeper({ share, seed, lanes, forbidden, record }: KeeperOptions): TextKeeper {
  const safe = redactor(forbidden);
  let left = MOST_CHARS / lanes;
  let unkept = 0;
  return {
    keep: ({ conversation, turn, attempt, lane }, { request, answer }, isViolating) => {
      if (!isViolating && random(seed, conversation, STREAM, turn)() >= share) return;
      const chars = Math.min(LONGEST_BODY, request.length) + Math.min(LONGEST_BODY, answer?.length ?? 0);
      if (chars > left) {
        unkept += 1;
        return;
      }
      left -= chars;
      const kept = (body: string): KeptTexts['request'] => keptBody(body, forbidden, safe) as KeptTexts['request'];
      const line: KeptTexts = {
        kind: 'texts',
        conversation,
        turn,
        attempt,
        lane,
        at: Date.now(),
        request: kept(request),
      };
      if (answer !== null) line.answer = kept(answer);
      record(line);
    },
    unkept: () => unkept,
  };
}
