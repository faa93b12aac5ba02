const KEY_VARIABLE = /^FINI_.*KEY$/;
const FINI_TOKEN = /\bfini_[A-Za-z0-9_-]{6,}/g;
const BEARER = /\b(Bearer\s+)[A-Za-z0-9._~+/=-]{6,}/gi;
const E_MAIL = /[^\s"'`@<>(),;:[\]]+@[^\s"'`@<>(),;:[\]]+\.\p{L}{2,}/gu;

/** Shorter ones would blank out ordinary words. */
const LEAST_SECRET = 4;

export type Redact = (text: string) => string;

/**
 * Takes secrets and personal data out of text: the values of all FINI_*KEY variables in every form in which they may
 * be written, anything that looks like a Fini key, bearer tokens, and e-mail addresses.
 */
export function redactor(env: Readonly<Record<string, string | undefined>>): Redact {
  const secrets = Object.entries(env)
    .flatMap(([name, value]) => (KEY_VARIABLE.test(name) && value !== undefined ? formsOf(value) : []))
    .sort((a, b) => b.length - a.length);
  return (text) => {
    const plain = secrets.reduce((rest, secret) => rest.replaceAll(secret, '[key]'), text);
    return plain.replace(BEARER, '$1[key]').replace(FINI_TOKEN, '[key]').replace(E_MAIL, '[e-mail]');
  };
}

/** The value as it is, JSON-escaped, URL-encoded, in base64 and base64url. */
function formsOf(value: string): string[] {
  const secret = value.trim();
  if (secret.length < LEAST_SECRET) return [];
  const bytes = Buffer.from(secret);
  const base64 = bytes.toString('base64').replace(/=+$/, '');
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), base64];
  return [...new Set([...forms, bytes.toString('base64url')])];
}
