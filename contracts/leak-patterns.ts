import { PROMPTS } from './prompt.ts';
import { SECRET_PATTERNS } from './secret-patterns.ts';

/** What text to clients never holds: places in the service's code, its queries, files, secrets and inner network. */
export type LeakKind = 'stack-trace' | 'query' | 'file-path' | 'secret' | 'inner-address' | 'prompt' | 'person';

const SOURCE = '(?:js|ts|mjs|cjs|jsx|tsx|vue|py|java|kt|scala|clj|go|rb|php|pl|pm|lua|cs|cpp|rs|ex|exs|erl|swift|dart)';
/** English after FROM and INTO: no table has such a name. */
const WORD_BEFORE_NOUN =
  '(?:THE|the|AN?|an?|YOUR|your|OUR|our|MY|my|THIS|this|THAT|that|THESE|these|THOSE|those|ALL|all|ANY|any|ONE|one)';
/** What may follow a table. */
const CLAUSE = String.raw`(?:where\s+["\x60\w.]+\s*(?:[=<>!]|in\s*\(|is\s+(?:not\s+)?null|i?like\b|between\b)|(?:(?:left|right|inner|full|cross)\s+(?:outer\s+)?)?join\s+["\x60\w.]+\s+(?:(?:as\s+)?\w+\s+)?(?:on|using)\b|(?:order|group)\s+by\s|limit\s+[\d?$:])`;
/** What may stand before an absolute path: not what makes it a part of a URL. */
const BEFORE = String.raw`(?:^|[\s"'\x60(=\[,;])`;

export const LEAK_PATTERNS: readonly (readonly [LeakKind, RegExp])[] = [
  ['stack-trace', /Traceback \(most recent call last\)|\bgoroutine \d+ \[|\bthread '[^']{1,80}' panicked at/],
  ['stack-trace', /\bFile "[^"\n]{1,200}", line \d+|\bin [A-Z]:\\[^\n]{1,200}:line \d+/],
  ['stack-trace', /\bat [\w$.<>]{1,120}\((?:[\w$]{1,80}\.(?:java|kt|scala|groovy):\d+|Native Method|<anonymous>)\)/],
  ['stack-trace', /(?:^|\n|\\n)[^\S\n]+at (?:async |new )?[\w$.<>[\]\x60]{3,200} ?\(/],
  // What a runtime says of a fault in a program, and nobody says to a client.
  [
    'stack-trace',
    /\bCannot read propert(?:y|ies) of (?:undefined|null)\b|\b(?:undefined|\w+(?:\.\w+)+) is not (?:a function|iterable)\b(?! (?:of|by|in|for|to)\b)/,
  ],
  [
    'stack-trace',
    /\b(?:TypeError|ReferenceError|RangeError|AttributeError|KeyError|NameError|ZeroDivisionError|NullPointerException|NullReferenceException|UnhandledPromiseRejection\w*|panic|segmentation fault): ?\S/,
  ],
  [
    'stack-trace',
    /\b(?:java|javax|org|com|io|net)\.[a-z]\w*(?:\.\w+)*\.[A-Z]\w*(?:Exception|Error)\b|\bnil pointer dereference\b/,
  ],
  ['stack-trace', new RegExp(String.raw`[\w./\\@-]\.${SOURCE}(?::\d+(?::\d+)?\b|\(\d+\)| on line \d+)`)],
  // By what English lacks: keywords in capitals before a table, a clause after it, a star, or columns as programs name them.
  [
    'query',
    new RegExp(
      String.raw`\b(?:SELECT\s[\s\S]{1,400}?\sFROM|INSERT INTO|DELETE FROM)\s+(?!${WORD_BEFORE_NOUN}\s)["\x60[\w]`,
    ),
  ],
  [
    'query',
    new RegExp(String.raw`\bselect\s[^\n]{1,200}\sfrom\s+["\x60\w.]{1,80}(?:\s+(?:as\s+)?\w{1,3})?\s+${CLAUSE}`, 'i'),
  ],
  [
    'query',
    /\bselect\s+(?:\*|(?=[^\n]{0,200}?(?:\w_\w|\w\.\w|["\x60]\w))["\x60\w.]+(?:\s*,\s*["\x60\w.]+)*)\s+from\s+["\x60]?\w/i,
  ],
  ['query', /\bselect\s+[\w.]+(?:\s*,\s*[\w.]+)*\s+from\s+(?:["\x60]\w|\w+_\w|\w+\.\w|\w+\s*;)/i],
  // A line of the program, as tools show where it failed.
  [
    'stack-trace',
    /\b(?:await|return) (?:this|self)\.\w+|\b(?:this|self)\.\w+\.\w+\(|\b(?:const|let|var) [\w{}, ]{1,80} = \w/,
  ],
  ['query', /\bWHERE\s+[\w.]+\s*(?:=|IN)\s*[$?:'(%]|\bdb\.\w+\.(?:find|aggregate|insert|update|delete)\w*\(/],
  ['query', /[{,]\s*"?\$(?:match|lookup|group|set|in|ne|gte?|lte?)"?\s*:|\b(?:CREATE|ALTER) (?:TABLE|INDEX)\s\w/],
  ['query', /\bUPDATE\s+(?!your\b)["\x60\w.]{1,80}\s+SET\s+["\x60\w.]{1,80}\s*=/],
  ['query', /\bupdate\s+["\x60\w.]{1,80}\s+set\s+["\x60\w.]{1,80}\s*=\s*(?:[$?:'"\d]|null\b|true\b|false\b|now\()/i],
  ['query', /\bSQLSTATE\b|\bORA-\d{5}\b|\bER_[A-Z]{2,}_[A-Z_]{2,}|\bSQLITE_[A-Z]+|\bE11000\b|syntax error at or near/],
  [
    'query',
    /violates (?:unique|foreign key|not-null|check) constraint|\b(?:relation|column) "[^"]{1,80}" does not exist(?! in the\b)/,
  ],
  [
    'query',
    /\bMATCH\s*\([^)\n]{1,80}\)[\s\S]{0,200}?\s(?:RETURN|WHERE|SET|DELETE)\b|\bNeo\.(?:Client|Database|Transient)Error\./,
  ],
  [
    'query',
    /\b(?:index_not_found|parsing|mapper_parsing|search_phase_execution)_exception\b|\bWRONGTYPE Op|\bNOAUTH Auth|\bConditionalCheckFailed/,
  ],
  ['query', /\bDuplicate entry '|\bcommand:? \{\s*"?(?:find|aggregate|insert|update|delete|count)"?\s*:/],
  [
    'query',
    /duplicate key value|Invalid \x60prisma|\b(?:Prisma|Sequelize|Mongo|QueryFailed|Knex|Postgres|MySQL)\w*Error\b/,
  ],
  ['file-path', new RegExp(String.raw`${BEFORE}/(?:usr|var|home|opt|srv|root|etc|tmp|mnt|Users|workspace)/[\w.@-]+`)],
  [
    'file-path',
    new RegExp(String.raw`${BEFORE}/[\w.@-][\w.@/-]{0,200}\.(?:${SOURCE}|env|pem|conf|ini|ya?ml|log|sock)\b`),
  ],
  ['file-path', new RegExp(String.raw`${BEFORE}/(?:app|proc|run|private|nix|Volumes)/[\w.@-]+/[\w.@-]+`)],
  ['file-path', /(?:^|[\s"'(])\\\\[\w.-]+\\[\w$]/],
  ['file-path', /\bnode_modules\/|\bsite-packages\/|\bfile:\/\/\/|\b[A-Za-z]:\\(?:[\w. -]{1,80}\\)/],
  ...SECRET_PATTERNS.map(({ pattern }) => ['secret', pattern] as const),
  [
    'inner-address',
    /\b(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})(?!\w|[.-]\w)/,
  ],
  ['inner-address', /(?:^|[^\w:])(?:f[cd][\da-f]{2}|fe80)(?::[\da-f]{0,4}){2,7}/i],
  // Where a database is; with a password it is a secret, too.
  ['inner-address', /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqps?|mssql):\/\/[^\s"']{4,}/i],
  ['inner-address', /\b(?:DATABASE|REDIS|MONGO\w*|RABBITMQ|AMQP|ELASTIC\w*)_(?:URL|URI|HOST)\s*[=:]\s*\S/],
  ['inner-address', /\bECONNREFUSED\s+\S|\bdial tcp \S/],
  ['inner-address', /\b100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])(?:\.\d{1,3}){2}(?!\w|[.-]\w)|\b(?:s3|gs):\/\/[\w.-]+/],
  ['inner-address', /\b(?:rds|cache|redshift|sqs|es)(?:\.[\w-]{4,20})?\.amazonaws\.com\b/],
  ['inner-address', /\w\.(?:database\.windows|mongodb)\.net\b/],
  ['inner-address', /\b(?:NODE_ENV|PYTHONPATH|LD_LIBRARY_PATH|KUBERNETES_\w+|AWS_(?:REGION|LAMBDA_\w+)|HOSTNAME)=\S/],
  // What a cloud calls the parts of an account.
  ['inner-address', /\barn:aws[\w-]*:[\w-]+:[\w-]*:\d{12}:|\/subscriptions\/[\da-f-]{36}\/resource[Gg]roups\//],
  ['inner-address', /\bprojects\/[\w-]{4,40}\/(?:locations|secrets|serviceAccounts|instances|topics)\//],
  ['inner-address', /\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:svc\.cluster\.local|internal|consul)\b(?!-)/],
  ['inner-address', /\b(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\]):\d{2,5}\b|\b169\.254\.169\.254\b/],
  [
    'inner-address',
    /\b[a-z][\w-]{0,60}(?:\.[\w-]{1,60}){0,6}\.(?:local|lan|corp|intranet|home\.arpa)(?::\d{2,5})?(?!\w|[.-]\w)/,
  ],
  // What the service keeps things in.
  [
    'inner-address',
    /\b(?:queue|bucket|database|shard|pod|container|namespace|cluster|replica set|broker) \\?["'\x60][\w.:/-]{3,80}\\?["'\x60]/i,
  ],
  ['prompt', /(?:^|\n)[^\S\n]*system prompt:|<\|(?:im_start|im_end|system|endoftext)\|>/i],
  // A request to a model, or a part of one, as JSON; also as JSON within JSON.
  ['prompt', /"role\\*"\s*:\s*\\*"(?:system|developer|tool)\\*"/],
  [
    'prompt',
    /"model\\*"\s*:\s*\\*"(?:gpt|chatgpt|o\d|claude|gemini|llama|mistral|mixtral|command|deepseek|qwen|grok)-[\w.:-]+\\*"/i,
  ],
  ['person', /\b(?:SSN|social security(?: number)?)\b\D{0,12}\d{3}-\d{2}-\d{4}\b/i],
  [
    'person',
    /\b(?:passport|tax|national|insurance|driving licen[cs]e|identity card)(?: (?:id|no|number))?\b\W{0,3}(?:is |was )?(?=[A-Z\d]*\d)[A-Z\d]{6,14}\b/,
  ],
  [
    'person',
    /\b\d{1,4} [A-Z][a-z]+ (?:Street|St|Road|Rd|Avenue|Ave|Lane|Grove|Drive|Court|Boulevard|Blvd|Square|Terrace)\b,? [A-Z\d]/,
  ],
  [
    'person',
    /\b(?:[Cc]ustomer|[Cc]lient|[Uu]ser|[Mm]ember|[Pp]atient|[Cc]ontact)(?: (?:named|called)|:) ["']?(?!Not |No )[A-Z][a-z]+ (?!Not\b|Is\b|Found\b|Error\b|Required\b|Invalid\b|Missing\b)[A-Z][a-z]+\b/,
  ],
  ['person', /\b(?:date of birth|DOB)\b\D{0,6}\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/i],
  [
    'person',
    /\b(?:customer|client|user|member|patient|person|he|she|you|who|[A-Z][a-z]+ [A-Z][a-z]+)(?:,? (?:who )?(?:was|is|were))?,? born on \d{1,4}[-./]\d{1,2}[-./]\d{1,4}(?! or\b)/,
  ],
  ...PROMPTS.map((pattern) => ['prompt', pattern] as const),
];
