import type { ParsedBody } from '../../../../contracts/answer.ts';

/** Whether a body is an error, whatever its status says. */
export function isEnvelope(json: ParsedBody): boolean {
  if (!json.ok || typeof json.value !== 'object' || json.value === null) return false;
  const { statusCode, error } = json.value as { statusCode?: unknown; error?: unknown };
  return (typeof statusCode === 'number' && statusCode >= 400) || typeof error === 'string';
}
