import { PHONE } from '../../../contracts/person.ts';
import { proseOf } from '../../../contracts/reply.ts';
import { isUnfinished } from './unfinished.ts';

/** How a reply is written: of customers' channels each shows something else of it. */
export interface Style {
  /** With elements of HTML. */
  readonly markup: boolean;
  /** In capitals; undefined where it has too few letters of two cases. */
  readonly capitals?: boolean;
  readonly links: boolean;
  /** Ends in the middle of a sentence. */
  readonly unfinished: boolean;
  /** With a telephone number. */
  readonly phones: boolean;
}

const ELEMENT = /<\/?(p|br|b|i|u|a|ul|ol|li|div|span|strong|em|h[1-6]|table|tr|td|img)(\s[^<>]*)?\/?>/i;
const LINK = /\bhttps?:\/\/[^\s<>"')\]]+/i;
const LEAST_LETTERS = 10;

export function styleOf(message: string): Style {
  const prose = proseOf(message);
  const upper = prose.match(/\p{Lu}/gu)?.length ?? 0;
  const lower = prose.match(/\p{Ll}/gu)?.length ?? 0;
  return {
    markup: ELEMENT.test(prose),
    links: LINK.test(prose),
    unfinished: isUnfinished(message),
    phones: prose.search(PHONE) >= 0,
    ...(upper + lower >= LEAST_LETTERS && { capitals: upper > lower }),
  };
}
