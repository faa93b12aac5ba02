/**
 * The string formats of the API's schemas, as regular expressions that mean the same in Node and in k6
 * (no named groups, no `\p{...}`, no flag `u`).
 */
export const FORMATS: Readonly<Record<string, RegExp>> = {
  /** RFC 9562 text form, any version, either letter case. */
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i,
  /** RFC 3339 date-time, without calendar arithmetic. */
  'date-time':
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
  /** RFC 3986, as far as telling an absolute URI from other text needs it. */
  uri: /^[a-z][a-z\d+.-]*:\S+$/i,
};
