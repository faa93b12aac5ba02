import { StringDecoder } from 'node:string_decoder';
import { isEMail } from '../../contracts/redact.ts';
import type { Guard } from '../foundation/guard.ts';
import { finderOf } from './finder.ts';

/** What stands where, in bytes from the start of a stream. */
export interface Sight {
  readonly what: string;
  readonly offset: number;
}

/** Looks at one stream of bytes, part by part. */
export interface Inspection {
  readonly add: (part: Buffer) => void;
  /** The first place of everything that was seen. */
  readonly end: () => readonly Sight[];
}

export const PATTERN = 'a pattern of personalData';
const E_MAIL = 'an e-mail address';
/** What files of results may write an at sign with: as it is, in a URL, in JSON of ASCII. */
const AT_SIGNS = ['@', '%40', '\\u0040'];
/** How far an e-mail address reaches to both sides of its at sign, at most. */
const E_MAIL_REACH = 330;
/** How far apart the ends of what a pattern matches may be, to be seen over the seam of two parts. */
const PATTERN_REACH = 1_024;

/** Looks for keys, in whatever form, and for personal data. */
export function inspectorOf(guard: Guard): () => Inspection {
  const needles = guard.needles();
  const finder = finderOf(needles.map(({ text }) => Buffer.from(text)));
  const patterns = guard.forbidden().patterns.map((pattern) => new RegExp(pattern));
  const kept = Math.max(finder.longest - 1, 2 * E_MAIL_REACH, 0);

  return () => {
    const sights = new Map<string, number>();
    const see = (what: string, offset: number): void => {
      if (!sights.has(what)) sights.set(what, offset);
    };
    const seePatterns = patternInspection(patterns, see);
    let tail: Buffer = Buffer.alloc(0);
    let start = 0;
    return {
      add: (part) => {
        const bytes = tail.length === 0 ? part : Buffer.concat([tail, part]);
        finder.find(bytes, ({ needle, offset }) => {
          see(needles[needle]?.what ?? '', start + offset);
          return false;
        });
        const address = eMailIn(bytes);
        if (address !== undefined) see(E_MAIL, start + address);
        seePatterns(part);
        tail = bytes.subarray(Math.max(0, bytes.length - kept));
        start += bytes.length - tail.length;
      },
      end: () => [...sights].map(([what, offset]) => ({ what, offset })),
    };
  };
}

/** The place of the first e-mail address. Nearly nothing that the harness writes holds an at sign. */
function eMailIn(bytes: Buffer): number | undefined {
  const places = AT_SIGNS.flatMap((sign) => {
    for (let at = bytes.indexOf(sign); at !== -1; at = bytes.indexOf(sign, at + 1)) {
      const from = Math.max(0, at - E_MAIL_REACH);
      if (isEMail(bytes.toString('latin1', from, at + E_MAIL_REACH), at - from)) return [at];
    }
    return [];
  });
  return places.length === 0 ? undefined : Math.min(...places);
}

function patternInspection(patterns: readonly RegExp[], see: (what: string, offset: number) => void) {
  const decoder = new StringDecoder('utf8');
  let tail = '';
  let read = 0;
  return (part: Buffer): void => {
    if (patterns.length === 0) return;
    const text = tail + decoder.write(part);
    const at = Math.min(...patterns.flatMap((pattern) => pattern.exec(text)?.index ?? []));
    if (Number.isFinite(at)) see(PATTERN, read - Buffer.byteLength(tail) + Buffer.byteLength(text.slice(0, at)));
    tail = text.slice(-PATTERN_REACH);
    read += part.length;
  };
}
