/** Beginnings and phrases with which assistants say, in a few languages, that they have no answer. */
const PHRASES = [
  /\b(I|we)( am|'m| are|'re)?( still)? (not sure|unsure|unable to (help|answer|find|understand)|not able to (help|answer|find|understand))\b/i,
  /\b(I|we) (do not|don't|did not|didn't|cannot|can't|could not|couldn't) (know|understand|find|answer|help|get that|catch that)\b/i,
  /\b(not (able|allowed|permitted)|unable) to (discuss|talk about|comment|share|assist|do|provide|process)\b|\bbeyond what (I|we) (may|can|am|are)\b/i,
  /\b(please|kindly) (re-?phrase|contact (our|the|your) |reach out to (our|the) )/i,
  /\b(ich weiß (das|es) nicht|das habe ich (leider )?nicht verstanden|kann ich (leider )?nicht (beantworten|helfen))\b/i,
  /\b(je ne sais pas|je n'ai pas compris|je ne (peux|trouve) pas)\b/i,
  /\b(no (lo )?sé|no (he )?entendido|no entend[ií]|no puedo (ayudar|responder))/i,
  /\b(não sei|não entendi|não consigo|non lo so|non ho capito|weet ik niet|begrijp ik niet)\b/i,
];

/** Long replies answer something, whatever else they say. */
const MOST_CHARS = 240;

/** Whether a reply says no more than that there is no answer. A guess: only how often it is made is compared. */
export function isFallback(message: string): boolean {
  return message.length <= MOST_CHARS && PHRASES.some((phrase) => phrase.test(message));
}
