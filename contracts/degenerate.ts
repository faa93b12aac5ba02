/** Models that loop do so until their limit of tokens: what is longer was made long by something else. */
const LONGEST = 20_000;
const SHORTEST = 120;
const LONGEST_PERIOD = 200;
/** So many times in a row, over so much of the text. */
const TIMES = 4;
const SHARE = 0.5;
/** Of so many words at least this share are different ones. */
const MANY_WORDS = 60;
const DISTINCT = 0.12;

/** Whether a text goes round in circles: all of it twice, a phrase over and over, or hardly any words but many times. */
export function isDegenerate(text: string): boolean {
  if (isDoubled(text)) return true;
  if (text.length < SHORTEST || text.length > LONGEST) return false;
  const words = text.toLowerCase().split(/\s+/);
  if (words.length >= MANY_WORDS && new Set(words).size < DISTINCT * words.length) return true;
  return longestLoop(text) >= SHARE * text.length;
}

/** Shorter ones are greetings, or said twice for emphasis. */
const SHORTEST_DOUBLED = 60;

/** Whether a text is another one twice, whatever blanks stand between. */
function isDoubled(text: string): boolean {
  if (text.length < SHORTEST_DOUBLED || text.length > LONGEST) return false;
  const said = text.trim();
  const middle = said.length / 2;
  // A blank or two between the halves, which are the same to the last character.
  const [first, second] = [said.slice(0, Math.floor(middle)).trimEnd(), said.slice(Math.ceil(middle)).trimStart()];
  return first === second && /\s/.test(first);
}

/** Characters of the longest part that is one phrase, at least four times. */
function longestLoop(text: string): number {
  let longest = 0;
  for (let period = 1; period <= Math.min(LONGEST_PERIOD, text.length / TIMES); period++) {
    let run = 0;
    for (let index = period; index < text.length; index++) {
      run = text.charCodeAt(index) === text.charCodeAt(index - period) ? run + 1 : 0;
      if (run >= (TIMES - 1) * period && run + period > longest) longest = run + period;
    }
  }
  return longest;
}
