/** What the sender's HTTP stack, k6's, undoes by itself. It compares names as they are written, which is not how they are defined. */
export const UNDONE_CODINGS: readonly string[] = ['gzip', 'deflate', 'br', 'zstd'];

/** IANA's registry of content codings, with the aliases of RFC 9110 (8.4.1). */
const REGISTERED: readonly string[] = [
  ...['aes128gcm', 'br', 'compress', 'x-compress', 'dcb', 'dcz', 'deflate', 'exi', 'gzip', 'x-gzip', 'identity'],
  ...['pack200-gzip', 'zstd'],
];

/** The first magic byte of gzip: no JSON text and no page starts with it. */
const GZIP_MAGIC = '\u001f';

/**
 * How a body reads, by its Content-Encoding. `plain`: as it was meant. `coded`: it is in a registered coding that the HTTP
 * stack leaves on it. `unlabelled`: still compressed, and nothing says so. `mislabelled`: not in the coding that is named.
 * `unknown`: in a coding that nobody knows.
 */
export type Coding = 'plain' | 'coded' | 'unlabelled' | 'mislabelled' | 'unknown';

export function codingOf(contentEncoding: string | undefined, body: string, isJson: boolean): Coding {
  const left = leftOn(contentEncoding);
  const isGzip = body.startsWith(GZIP_MAGIC);
  if (left.length === 0) return isGzip ? 'unlabelled' : 'plain';
  if (body === '') return 'plain';
  if (!left.every((coding) => REGISTERED.includes(coding))) return 'unknown';
  const isGzipNamed = ['gzip', 'x-gzip'].includes(left[left.length - 1] ?? '');
  return isJson || (isGzipNamed && !isGzip) ? 'mislabelled' : 'coded';
}

/** The codings that the HTTP stack leaves on a body, by their names in lower case; the last one is the outermost. */
function leftOn(contentEncoding = ''): readonly string[] {
  if (contentEncoding === '') return [];
  const codings = contentEncoding.split(',').map((coding) => coding.trim());
  return codings
    .filter((coding) => !UNDONE_CODINGS.includes(coding))
    .map((coding) => coding.toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
}
