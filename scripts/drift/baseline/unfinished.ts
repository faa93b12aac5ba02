/** Marks around the last words of a text; not those that end code, a list or an object, which nothing cut leaves. */
const CLOSING = /[\s"'\u00bb\u201c\u201d\u2019)*_~]+$/u;
/** A mark for the rest of a word. */
const OMITTED = /([\p{L}\p{M}\p{N}])(?:\u2026|\.{3})$/u;
const LAST_LINK = /https?:\/\/\S+$/i;
const MIDDLE = /[\p{L}\p{M}\p{N},;\-\u2013\u2014(/&+=]$/u;

/** Whether a text ends in the middle of a sentence: in a word, or before what should follow. Many that are whole do so, too. */
export function isUnfinished(text: string): boolean {
  const said = text.replace(CLOSING, '').replace(OMITTED, '$1');
  return MIDDLE.test(said) && !LAST_LINK.test(said);
}
