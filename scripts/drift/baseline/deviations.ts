import type { Shape, Shapes } from '../../../contracts/generated/findings.ts';
import { mergedShapes } from '../../../contracts/shape.ts';
import type { Expected } from '../../../contracts/violation.ts';
import { isKnownHeader } from '../plan/headers.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { DriftRule } from '../sighting.ts';

/** So many values of a place make a habit; what fewer had in common may be chance. */
const FEW = 20;
const MANY = 100;
/** Words of an enum come again and again. */
const TIMES_EACH = 10;

/** A place that looks otherwise than in all accepted runs. */
export interface Deviation {
  readonly rule: DriftRule;
  readonly place: string;
  readonly expected: Expected;
  /** What a shape of the place shows of it, or nothing; `objects`: how many could have had the place. */
  readonly shownBy: (shape: Shape | undefined, objects: number) => string | undefined;
}

/** Where the shapes of a run leave what all accepted runs together had. */
export function deviations(shapes: Shapes, accepted: readonly Shapes[]): Deviation[] {
  if (accepted.length === 0) return [];
  const known = mergedShapes(accepted);
  return Object.entries(known).flatMap(([place, shape]) => {
    const candidates = candidatesAt(place, shape, objectsAt(known, place));
    const [first] = candidates.filter(({ shownBy }) => shownBy(shapes[place], objectsAt(shapes, place)) !== undefined);
    return first === undefined ? [] : [first];
  });
}

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
      : [at(DRIFT_RULES.formatChanged, { format }, (shape = EMPTY) => otherFormat(shape, format))]),
    ...(count < MANY || IS_ERROR.test(place) || words.length === 0 || words.length * TIMES_EACH > count
      ? []
      : [at(DRIFT_RULES.wordAdded, { enum: words }, (shape = EMPTY) => otherWord(shape, words))]),
    ...(count < MANY || range === undefined || format !== undefined
      ? []
      : [
          at(DRIFT_RULES.rangeLeft, { minimum: range[0], maximum: range[1] }, (shape = EMPTY) => outside(shape, range)),
        ]),
  ];
}

const EMPTY: Shape = { n: 0, types: {} };

/** Items whose form the reference does not show. */
const OPEN = /\/(attachments|tags|usedSubfolders)\/\*|\/body(\/interactions\/\*)?\/usedArticles\/\*/;

/** What an error says is no part of the contract. */
const IS_ERROR = /^[^/]+\/[45]/;
/** Of errors other than the documented ones nothing is promised. */
const IS_UNDOCUMENTED = /^[^/]+\/(?!400|401|403|500)[45]/;

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
  if (types.string === undefined) return undefined;
  return values === undefined ? 'other text' : Object.keys(values).find((word) => !known.includes(word));
}

function outside({ range }: Shape, [least, most]: readonly [number, number]): string | undefined {
  if (range === undefined || (range[0] >= least && range[1] <= most)) return undefined;
  return String(range[0] < least ? range[0] : range[1]);
}
