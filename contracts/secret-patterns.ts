import { hasAny } from './has-any.ts';

/** A form of a secret, and texts without which a text cannot match it. */
export interface SecretPattern {
  readonly pattern: RegExp;
  /** One of each group is in every match; in lower case where the expression takes both. */
  readonly hints: readonly (readonly string[])[];
}

/** To look for a few short texts is much quicker than a search, and most text holds none of them. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    hints: [['://'], ['@', '[e-mail]']],
    pattern: /\b[a-z][a-z+.-]{1,20}:\/\/[^\s/@:"'?#]{0,80}:(?:[^\s/@"'?#]{3,}@|\[e-mail\])|\bhttps:\/\/[\da-f]{16,}@/i,
  },
  {
    hints: [['slack.com/services/', '/api/webhooks/']],
    pattern: /\bhttps:\/\/(?:hooks\.slack\.com\/services|discord(?:app)?\.com\/api\/webhooks)\/[\w/-]{16,}/,
  },
  {
    hints: [['SESSID=', 'SESSIONID=', 'connect.sid=', '$1$', '$5$', '$6$', '$y$', 'pbkdf2']],
    pattern: /\b(?:PHPSESSID|JSESSIONID|connect\.sid)=[\w%.+/-]{16,}|\$[156y]\$[\w./]{8,}|\bpbkdf2[_:]\w+[$:]/,
  },
  {
    hints: [['npm_', 'hf_', 'shpat_', 'dop_v1_', 'sntrys_', 'lin_api_', 'xapp-', 'ATATT', 'AC']],
    pattern:
      /\b(?:npm|hf|shpat|dop_v1|sntrys|lin_api)_[A-Za-z0-9]{16,}|\bxapp-[\w-]{16,}|\bATATT[\w-]{16,}|\bAC[\da-f]{32}\b/,
  },
  {
    hints: [['hash', 'digest', 'hmac', 'salt']],
    pattern: /\b(?:(?:key|password|secret|token) (?:hash|digest)|hmac|salt)\b[^\n\da-f]{0,12}[\da-f]{32,}\b/i,
  },
  {
    hints: [['_KEY', '_TOKEN', '_SECRET', '_PASSW', '_DSN']],
    pattern: /\b[A-Z][A-Z0-9_]{0,60}_(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|DSN)\s*[=:]\s*["']?[^\s"']{4,}/,
  },
  {
    hints: [['passw', 'secret', 'key', 'token']],
    pattern:
      /\b(?:password|passwd|secret|api[_-]?key|access[_-]?token)["']?\s*[=:]\s*["']?(?=[^\s"',;]*\d)[^\s"',;]{8,}/i,
  },
  {
    hints: [['Bearer', 'Basic']],
    pattern: /\bBearer\s+(?=[\w.~+/=-]*\d)[\w.~+/=-]{16,}|\bBasic\s+(?=[\w+/]*\d)[\w+/]{16,}={0,2}/,
  },
  {
    hints: [['X-Amz-', 'X-Goog-', 'AWSAccessKeyId=', 'Signature=', 'sig=']],
    pattern:
      /[?&](?:X-Amz-(?:Signature|Credential|Security-Token)|X-Goog-Signature|AWSAccessKeyId|Signature|sig)=[\w%+/=-]{12,}/,
  },
  {
    hints: [['sk_', 'pk_', 'rk_', 'whsec_', 'SG.', 'glpat-', 'ya29.']],
    pattern:
      /\b(?:sk|pk|rk|whsec)_(?:live|test)?_?[A-Za-z0-9]{16,}|\bSG\.[\w-]{16,}\.[\w-]{16,}|\bglpat-[\w-]{16,}|\bya29\.[\w-]{16,}/,
  },
  {
    hints: [['$2', '$argon2', 'AccountKey=', 'BEGIN CERTIFICATE']],
    pattern: /\$2[aby]\$\d\d\$[\w./]{20,}|\$argon2(?:id?|d)\$|\bAccountKey=[\w+/=]{16,}|-----BEGIN CERTIFICATE/,
  },
  {
    hints: [['AKIA', 'AIza', 'xox', 'ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'sk-']],
    pattern: /\bAKIA[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\bxox[abprs]-[\w-]{10,}|\bgh[pousr]_\w{20,}|\bsk-[\w-]{16,}/,
  },
  {
    hints: [['fini_', 'eyJ', 'PRIVATE KEY']],
    pattern: /\bfini_(?!harness\b)[A-Za-z0-9_-]{16,}|\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|-----BEGIN [A-Z ]{0,20}PRIVATE KEY/,
  },
];

/** Letters that some engines take for an ASCII one where an expression ignores case: the long s and the Kelvin sign. */
const FOLDED = ['\u017f', '\u212a'];

/** Whether a form of a secret may be in this text: otherwise its expression matches nothing of it. */
export function hintedIn(text: string): (of: SecretPattern) => boolean {
  const lower = text.toLowerCase();
  const isFolded = hasAny(text, FOLDED);
  return ({ pattern: { ignoreCase }, hints }) => {
    if (ignoreCase && isFolded) return true;
    const searched = ignoreCase ? lower : text;
    return hints.every((group) => hasAny(searched, group));
  };
}
