/** Whether a content-type says UTF-8 JSON: parameters other than charset are ignored (RFC 9110, 8.3). */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === 'application/json; charset=utf-8' || contentType === 'application/json') return true;
  if (contentType === undefined) return false;
  const [type = '', ...parameters] = contentType.toLowerCase().split(';');
  if (type.trim() !== 'application/json') return false;
  const charset = parameters.map((text) => text.trim()).find((text) => text.startsWith('charset='));
  return charset === undefined || charset === 'charset=utf-8' || charset === 'charset="utf-8"';
}
