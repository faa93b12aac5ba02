/** More templates of one rule below one object are counted as one: their names are data, as the keys of a map are. */
export const MOST_NAMES = 20;
/** More templates of one rule anywhere: no contract has as many places. */
export const MOST_TEMPLATES = 60;

const OBJECT = `regexp_replace(v.template, '/[^/]*$', '')`;

/**
 * SQL of common table expressions, the last of which is `breach`: a row for each violation `v` of the table's turns, with the
 * template it is counted under as `counted`. Where that stands for many, `names` says how many and names a few.
 */
export const breachesOf = (table: string): string => `
  each AS (SELECT *, unnest(violations) AS v FROM ${table} WHERE len(violations) > 0),
  wide AS (
    SELECT v.rule AS rule, ${OBJECT} AS object, ${namesIn(`regexp_extract(v.template, '[^/]*$')`, 'names')}
    FROM each GROUP BY ALL HAVING count(DISTINCT v.template) > ${MOST_NAMES}),
  folded AS (
    SELECT each.*, coalesce(wide.object || '/*', v.template) AS folded, wide.names AS few
    FROM each LEFT JOIN wide ON wide.rule = v.rule AND wide.object = ${OBJECT}),
  scattered AS (
    SELECT v.rule AS rule, ${namesIn('folded', 'places')}
    FROM folded GROUP BY ALL HAVING count(DISTINCT folded) > ${MOST_TEMPLATES}),
  breach AS (
    SELECT folded.* EXCLUDE (folded, few), coalesce(scattered.places, few) AS names,
      CASE WHEN scattered.rule IS NULL THEN folded ELSE '#/*' END AS counted
    FROM folded LEFT JOIN scattered ON scattered.rule = v.rule)`;

const namesIn = (name: string, what: string): string =>
  `concat(count(DISTINCT ${name}), ' ${what}, such as ', array_to_string(list_sort(list(DISTINCT ${name}))[:3], ', ')) AS ${what}`;
