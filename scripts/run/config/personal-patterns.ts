import type { Config } from '../../../contracts/generated/config.ts';
import type { Complaint } from '../../foundation/schema/explain.ts';

/** What is wrong with the patterns of personal data: they run here and in k6, which knows fewer forms. */
export function personalPatterns({ personalData }: Pick<Config, 'personalData'>): Complaint[] {
  return (personalData?.patterns ?? []).flatMap((pattern, index) => {
    const text = trouble(pattern);
    return text === undefined ? [] : [{ pointer: `/personalData/patterns/${index}`, text }];
  });
}

function trouble(pattern: string): string | undefined {
  try {
    const expression = new RegExp(pattern);
    if (expression.test('')) return 'matches everywhere: it must match at least one character';
  } catch (error) {
    return `is not a regular expression: ${(error as Error).message}`;
  }
  return /\\[pPk]|\(\?<[^=!]/.test(pattern) ? 'uses a named group or \\p{}, which k6 does not support' : undefined;
}
