import type { Shapes } from '../../../contracts/generated/findings.ts';

const FORMATS = ['uuid', 'date-time', 'uri'];

/** The schema that every value seen at a place keeps, as far as its shape tells; undefined where none was seen. */
export function learntSchema(shapes: Shapes, place: string): Record<string, unknown> | undefined {
  const shape = shapes[place];
  if (shape === undefined) return undefined;
  const { n, types, formats = {} } = shape;
  const names = Object.keys(types).filter((type) => type !== 'integer' || types.number === undefined);
  const values = n - (types.null ?? 0);
  const format = Object.keys(formats).find((name) => formats[name] === values);
  return {
    type: names.length === 1 ? names[0] : names,
    ...(format !== undefined && FORMATS.includes(format) && types.string === values ? { format } : {}),
    ...(format === 'epoch-ms' ? { 'x-unit': 'ms' } : {}),
    ...(types.array === undefined ? {} : itemsAt(shapes, place)),
    ...(types.object === undefined ? {} : propertiesAt(shapes, place, types.object)),
  };
}

function itemsAt(shapes: Shapes, place: string): Record<string, unknown> {
  const items = learntSchema(shapes, `${place}/*`);
  return items === undefined ? {} : { items };
}

function propertiesAt(shapes: Shapes, place: string, objects: number): Record<string, unknown> {
  const all = Object.keys(shapes).flatMap((key) => {
    const name = key.startsWith(`${place}/`) ? key.slice(place.length + 1) : '';
    return name === '' || name.includes('/') ? [] : [name];
  });
  // Of a map only the pattern of its keys is known, and of what is very deep nothing.
  const names = all.filter((name) => !/[*…]/.test(name));
  const always = names.filter((name) => shapes[`${place}/${name}`]?.n === objects);
  return {
    additionalProperties: names.length < all.length || all.length === 0,
    ...(always.length === 0 ? {} : { required: always }),
    properties: Object.fromEntries(names.map((name) => [name, learntSchema(shapes, `${place}/${name}`)])),
  };
}
