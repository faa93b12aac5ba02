import type { Shape, Shapes } from '../../../contracts/generated/findings.ts';
import type { Expected } from '../../../contracts/violation.ts';
import { DRIFT_RULES } from '../rules/index.ts';
import type { DriftRule } from '../sighting.ts';
import { type Deviation, EMPTY, FEW, MANY } from './deviation.ts';

const LEAST_OFTEN = 5;
const OFTEN = 0.25;
const IS_NUMBER = /^-?\d$/;
/** Properties that the contract lets be null. */
const NULLABLE =
  /\/(externalId|externalCreatedAt|csatRating|feedback|approved|resolved|documentUrl|source|channel|status|url|subjectPreview|hasFeedback|userAttributes)$/;

/** What replaces null, and what null replaces. */
export function nullsAt(place: string, { n, types, sentinels = {} }: Shape): Deviation[] {
  const nulls = types.null ?? 0;
  if (n < FEW || place.includes('/headers/') || place.endsWith('/message')) return [];
  const at = (rule: DriftRule, expected: Expected, shownBy: Deviation['shownBy']) => ({
    rule,
    place,
    expected,
    shownBy,
  });
  const newSentinel = (shape = EMPTY): string | undefined =>
    Object.keys(shape.sentinels ?? {}).find((name) => !(name in sentinels) && (nulls > 0 || !IS_NUMBER.test(name)));
  const filled = ({ n: values, types: now } = EMPTY): number => values - (now.null ?? 0);
  const nullable = nulls > 0 || NULLABLE.test(place);
  return [
    ...(nullable || n >= MANY ? [at(DRIFT_RULES.sentinel, { sentinels: 'none' }, newSentinel)] : []),
    ...(nulls === n
      ? [
          {
            ...at(DRIFT_RULES.nullabilityChanged, { type: 'null' }, (shape) =>
              filled(shape) > 0 ? 'value' : undefined,
            ),
            isHabit: (shape: Shape) => isOften(filled(shape), shape.n),
          },
        ]
      : []),
    ...(nulls === 0 && nullable
      ? [
          {
            ...at(DRIFT_RULES.nullabilityChanged, { not: 'null' }, (shape) => (shape?.types.null ? 'null' : undefined)),
            isHabit: (shape: Shape) => isOften(shape.types.null ?? 0, shape.n),
          },
        ]
      : []),
  ];
}

const isOften = (count: number, n: number): boolean => count >= LEAST_OFTEN && count >= OFTEN * n;

/** Lists that were always empty, and now often have items. */
export function filledLists(shapes: Shapes, known: Shapes): Deviation[] {
  return Object.entries(shapes).flatMap(([item, { n }]) => {
    const place = item.slice(0, item.lastIndexOf('/'));
    const before = known[place];
    if (!item.endsWith('/*') || known[item] !== undefined || before?.types.array === undefined) return [];
    if (before.types.array < FEW || !isOften(n, shapes[place]?.types.array ?? 0)) return [];
    const shownBy: Deviation['shownBy'] = (shape) => ((shape?.length?.[1] ?? 0) > 0 ? 'items' : undefined);
    return [{ rule: DRIFT_RULES.nullabilityChanged, place, expected: { maxItems: 0 }, shownBy }];
  });
}
