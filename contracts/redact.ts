const KEY = /\b(fini_|sk-|Bearer\s+)[\w.~+/=-]{4,}/g;
const E_MAIL = /[^\s"'@<>(),;:]{1,64}@[^\s"'@<>(),;:]{1,255}/g;

/** The text without API keys and e-mail addresses. */
export function redact(text: string): string {
  return text.replace(KEY, '[key]').replace(E_MAIL, '[e-mail]');
}
