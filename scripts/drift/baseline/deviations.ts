import type { Shape, Shapes } from '../../../contracts/generated/findings.ts';
import { mergedShapes } from '../../../contracts/shape.ts';
import type { Expected } from '../../../contracts/violation.ts';
import { isKnownHeader } from '../plan/headers.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { DriftRule } from '../sighting.ts';
import { type Deviation, EMPTY, FEW, MANY } from './deviation.ts';
import { filledLists, nullsAt } from './nulls-at.ts';

/** Words of an enum come again and again. */
const TIMES_EACH = 10;

/** Fewer baselines do not show that something is never null. */
const LEAST_FOR_NULLS = 3;
const HALF = 0.5;

/** Where the shapes of a run leave what all accepted runs together had. */
export function deviations(shapes: Shapes, accepted: readonly Shapes[]): Deviation[] {
  if (accepted.length === 0) return [];
  const known = mergedShapes(accepted);
  const areMany = accepted.length >= LEAST_FOR_NULLS;
  const found = Object.entries(known).flatMap(([place, shape]) => {
    const now = shapes[place];
    const candidates = [
      ...(!areMany || now === undefined ? [] : [...nullsAt(place, shape), ...wordsAt(place, shape)]),
      ...candidatesAt(place, shape, objectsAt(known, place)),
    ];
    const first = candidates.find(
      ({ shownBy, isHabit }) =>
        shownBy(now, objectsAt(shapes, place)) !== undefined && (now === undefined || isHabit?.(now) !== false),
    );
    return first === undefined ? [] : [first];
  });
  return areMany ? [...found, ...newHeaders(shapes, known), ...filledLists(shapes, known)] : found;
}

/** Headers of HTTP or of frameworks that the service writes itself, and no proxy: only one that is new says anything. */
const OF_SERVICE =
  `server x-powered-by x-runtime server-timing link location refresh content-disposition content-language
  content-location content-range accept-ranges retry-after www-authenticate access-control-allow-origin access-control-allow-credentials`.split(
    /\s+/,
  );
/** How many requests a client has left: the reference names no limit. */
const OF_LIMITS = /^(x-)?ratelimit\b/;

function newHeaders(shapes: Shapes, known: Shapes): Deviation[] {
  return Object.keys(shapes).flatMap((place) => {
    const [above, name = ''] = [place.slice(0, place.lastIndexOf('/')), place.slice(place.lastIndexOf('/') + 1)];
    const isOwn = OF_SERVICE.includes(name) || OF_LIMITS.test(name);
    const isNew = isOwn && above.endsWith('/headers') && known[place] === undefined;
    if (!isNew || (known[above]?.n ?? 0) === 0) return [];
    const shownBy: Deviation['shownBy'] = (shape) => (shape === undefined ? undefined : 'header');
    return [{ rule: DRIFT_RULES.headerNew, place, expected: { type: 'absent' }, shownBy }];
  });
}

/** A word that was common in all accepted runs together, and in whose place others stand now. */
function wordsAt(place: string, { n, types, values = {} }: Shape): Deviation[] {
  const count = n - (types.null ?? 0);
  const words = Object.keys(values);
  if (IS_ERROR.test(place) || words.length * TIMES_EACH > count) return [];
  const common = words.filter((word) => isCommon(values[word] ?? 0, count));
  const shownBy: Deviation['shownBy'] = (shape = EMPTY) => otherWord(shape, words);
  const isHabit = (shape: Shape): boolean =>
    shape.n - (shape.types.null ?? 0) >= TIMES_EACH && common.some((word) => !(word in (shape.values ?? {})));
  return common.length === 0
    ? []
    : [{ rule: DRIFT_RULES.wordReplaced, place, expected: { enum: words }, shownBy, isHabit }];
}

const isCommon = (count: number, n: number): boolean => count >= FEW && count >= HALF * n;

/** Objects that could have had a property; 0 for what is no property. */
export function objectsAt(shapes: Shapes, place: string): number {
  const above = place.slice(0, place.lastIndexOf('/'));
  return place.endsWith('/*') ? 0 : (shapes[above]?.types.object ?? 0);
}

/** The worst first. */
function candidatesAt(place: string, known: Shape, objects: number): Deviation[] {
  const at = (rule: DriftRule, expected: Expected, shownBy: Deviation['shownBy']): Deviation => ({
    rule,
    place,
    expected,
    shownBy,
  });
  const name = place.slice(place.lastIndexOf('/') + 1);
  if (place.includes('/headers/')) {
    const isHabit = objects >= FEW && known.n === objects && !isKnownHeader(name);
    return isHabit ? [at(DRIFT_RULES.headerLost, { presence: 'always' }, missing)] : [];
  }
  const isOpen = OPEN.test(place);
  const types = typesOf(known);
  const { formats = {}, values = {}, range } = known;
  const format = Object.keys(formats).find((one) => known.n - (known.types.null ?? 0) === formats[one]);
  const words = Object.keys(values);
  const count = known.n - (known.types.null ?? 0);
  return [
    ...(types.length === 0
      ? []
      : [at(typeRule(isOpen), { type: types }, ({ types: now } = EMPTY) => otherType(now, types))]),
    ...(objects >= FEW && known.n === objects && !IS_UNDOCUMENTED.test(place)
      ? [at(isOpen ? DRIFT_RULES.itemPropertyLost : DRIFT_RULES.extensionLost, { presence: 'always' }, missing)]
      : []),
    ...(format === undefined || count < FEW
      ? []
      : [at(formatRule(place, format), { format }, (shape = EMPTY) => otherFormat(shape, format))]),
    ...(count < MANY ||
    IS_ERROR.test(place) ||
    known.types.boolean !== undefined ||
    words.length === 0 ||
    words.length * TIMES_EACH > count
      ? []
      : [at(DRIFT_RULES.wordAdded, { enum: words }, (shape = EMPTY) => otherWord(shape, words))]),
    ...(count < MANY || range === undefined || format !== undefined
      ? []
      : [
          at(DRIFT_RULES.rangeLeft, { minimum: range[0], maximum: range[1] }, (shape = EMPTY) => outside(shape, range)),
        ]),
  ];
}

/** Items whose form the reference does not show. */
const OPEN = /\/(attachments|tags|usedSubfolders)\/\*|\/body(\/interactions\/\*)?\/usedArticles\/\*/;

/** What an error says is no part of the contract. */
const IS_ERROR = /^[^/]+\/[45]/;
/** Of errors other than the documented ones nothing is promised. */
const IS_UNDOCUMENTED = /^[^/]+\/(?!400|401|403|500)[45]/;

/** Of conversations the reference says where they are removed that their ids are UUIDs, and shows those of agents. */
const formatRule = (place: string, format: string): DriftRule =>
  format === 'uuid' && /\/body(\/\*|\/interactions\/\*)?\/id$/.test(place)
    ? DRIFT_RULES.idFormatChanged
    : DRIFT_RULES.formatChanged;

const typeRule = (isOpen: boolean): DriftRule => (isOpen ? DRIFT_RULES.itemShapeChanged : DRIFT_RULES.shapeChanged);

/** Null tells nothing of the type; integers are numbers. */
function typesOf({ types }: Shape): string[] {
  return [...new Set(Object.keys(types).flatMap((type) => (type === 'null' ? [] : [folded(type)])))];
}

const folded = (type: string): string => (type === 'integer' ? 'number' : type);

/** A place that was always null or empty may show its type for the first time. */
function otherType(now: Shape['types'], known: readonly string[]): string | undefined {
  return Object.keys(now).find((type) => type !== 'null' && !known.includes(folded(type)));
}

const missing: Deviation['shownBy'] = (shape = EMPTY, objects) => (objects > shape.n ? 'absent' : undefined);

function otherFormat({ n, types, formats = {} }: Shape, format: string): string | undefined {
  const values = n - (types.null ?? 0);
  if ((formats[format] ?? 0) >= values) return undefined;
  return Object.keys(formats).find((one) => one !== format) ?? 'another format';
}

function otherWord({ types, values }: Shape, known: readonly string[]): string | undefined {
  if (types.string === undefined && types.boolean === undefined) return undefined;
  return values === undefined ? 'other text' : Object.keys(values).find((word) => !known.includes(word));
}

function outside({ range }: Shape, [least, most]: readonly [number, number]): string | undefined {
  // Of many numbers one is always the largest, and the next may be larger: only one that is far outside says anything.
  const span = most - least;
  if (range === undefined || (range[0] >= least - span && range[1] <= most + span)) return undefined;
  return String(range[0] < least - span ? range[0] : range[1]);
}
