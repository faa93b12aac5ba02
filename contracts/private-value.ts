import { encodedTexts } from './base64.ts';
import { leakIn } from './leak.ts';
import { isRedacted } from './redact.ts';

/** Words in the name of a property whose value is a secret or tells who somebody is. */
const PRIVATE = new Set(
  `password passwd pwd passphrase secret credential credentials authorization jwt bearer cookie session ssn iban bic passport
  email mail phone telephone mobile msisdn fax birthday birthdate dob surname firstname lastname fullname postcode zipcode
  taxid ip ipv4 ipv6 dsn creditcard cardnumber cvv pin otp apikey accesskey privatekey systemprompt
  nin nino cpf curp dni bsn pesel aadhaar nationality religion ethnicity gender diagnosis salary geolocation latitude
  longitude`.split(/\s+/),
);
/** Of these, two after each other. */
const PAIRS = new Set(
  `api key|access key|private key|secret key|signing key|encryption key|master key|access token|refresh token|auth token|id token|
  api token|bearer token|session token|e mail|first name|last name|full name|user name|birth date|card number|credit card|tax id|
  ip address|remote addr|client ip|home address|street address|shipping address|billing address|postal address|customer address|
  phone number|account number|sort code|routing number|connection string|webhook secret|reset token|csrf token|recovery code|
  system prompt|internal prompt|agent prompt|prompt template|system message|system instructions|internal note|internal notes|
  private note|private notes|national id|identity card|identity number|driver license|drivers license|driving licence|
  license number|licence number|health insurance|insurance number|maiden name|marital status|blood type|credit score|
  bank account|account holder|of birth|birth place|customer name|security answer|security question`
    .split('|')
    .map((pair) => pair.trim()),
);
/** Of these, what tells of a customer what only they should say. */
const OF_CUSTOMERS =
  /\b(?:password|passwd|pwd|passphrase|ssn|iban|passport|phone|telephone|mobile|msisdn|birthday|birthdate|birth date|(?:date|place) of birth|birth ?place|dob|tax ?id|credit ?card|card ?number|cvv|account number|(?:home|street|billing|postal) address|nino?|cpf|curp|dni|bsn|pesel|aadhaar|national id|identity (?:card|number)|driv(?:ers?|ing) licen[cs]e|licen[cs]e number|(?:health )?insurance number|maiden name|nationality|religion|ethnicity|gender|marital status|diagnosis|blood type|salary|income|credit score|geo ?location|latitude|longitude|security (?:question|answer)|ip|(?:internal|private) notes?)\b/;
const IS_PHONE = /^\+\d[\d ()/-]{6,18}\d$/;
const IS_E_MAIL = /^[^\s@]{1,64}@[^\s@]{1,255}\.[^\s\d@.]{2,}$/;
const DEEPEST = 6;

/** Whether a property that nobody documented shows a secret or personal data: by a name with a value, or by the value. */
export function isPrivate(name: string, value: unknown, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (looksPrivate(name)) return true;
  if (value === null || value === undefined || typeof value === 'boolean') return false;
  if (Array.isArray(value)) return value.some((item) => isPrivate(name, item, depth + 1));
  if (typeof value === 'object')
    return Object.entries(value).some(([inner, item]) => isPrivate(inner, item, depth + 1));
  if (typeof value === 'string' && value.trim() === '') return false;
  if (namesPrivate(name) && (typeof value === 'string' || !isSmall(value as number))) return true;
  return typeof value === 'string' && looksPrivate(value);
}

/** A count, such as that of tokens, is none of the things that it counts. */
const isSmall = (value: number): boolean => Math.abs(value) < 100_000;

/** Whether a customer's attribute tells of them what a service has no reason to show: by its name, with a value. */
export function tellsOfCustomer(name: string, value: unknown): boolean {
  // A position has fractions, a count has none.
  const isMeasured = typeof value === 'number' && (!isSmall(value) || !Number.isInteger(value));
  const isValue = isMeasured || (typeof value === 'string' && value.trim() !== '');
  return isValue && OF_CUSTOMERS.test(wordsIn(name).join(' '));
}

const wordsIn = (name: string): string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');

function namesPrivate(name: string): boolean {
  const words = wordsIn(name);
  if (words.length === 1 && (words[0] === 'token' || words[0] === 'key')) return true;
  return words.some(
    (word, index) => PRIVATE.has(word) || (index > 0 && PAIRS.has(`${words[index - 1] ?? ''} ${word}`)),
  );
}

/** What a ledger writes in the place of keys and addresses counts as these. */
function looksPrivate(text: string): boolean {
  return (
    isRedacted(text) ||
    IS_E_MAIL.test(text) ||
    IS_PHONE.test(text) ||
    (leakIn(text)?.kind ?? 'person') !== 'person' ||
    // A person in prose may be one to turn to; nobody encodes one for that.
    encodedTexts(text).some(({ decoded }) => leakIn(decoded) !== undefined)
  );
}
