import { random } from '../../../contracts/random.ts';

/** A text of a class of contents. `{ref}` is where the reference goes. */
interface ContentClass {
  /** Kind of probe that it stands for. */
  readonly kind: string;
  readonly condition: string;
  readonly texts: readonly string[];
}

const LONG = 'My parcel has not arrived yet, and here is all that I know about it. ';

/** What is lost or changed on the way of a text: kinds of blanks, ends of lines, marks of direction, quotes, escapes, a link. */
const TROUBLESOME =
  'line one\r\nline two\n\nline four \u2028 \u2029 \u00a0 \u200e\u05d0\u200f \u2067a\u2069 tab\tand  two   blanks, \u201cquoted\u201d \'so\' "or" so \\ \\n %20 https://example.com/a?b=c&d=%C3%A9#e \u2026 \u00ad.';

/** What user turns say, by what could go wrong with it. */
const CLASSES: readonly ContentClass[] = [
  {
    kind: 'K',
    condition: 'content-on-a-known-subject',
    texts: [
      'Where is my order? I want to track the delivery. {ref}',
      'How do I return an item and get a refund? {ref}',
      'I cannot log in, how do I reset my password? {ref}',
      'Where do I find my invoices? {ref}',
    ],
  },
  {
    kind: 'U',
    condition: 'valid-user-turn',
    texts: ['Hello, can you help me? {ref}', 'What are your opening hours? {ref}'],
  },
  {
    kind: 'O',
    condition: 'role-omitted',
    texts: ['how long does delivery take? {ref}', 'can I change my plan? {ref}'],
  },
  {
    kind: 'M',
    condition: 'metadata-sent',
    texts: ['Can I upgrade my subscription? {ref}', 'Do you ship abroad? {ref}'],
  },
  {
    kind: 'W',
    condition: 'blanks-around-content',
    texts: ['  \t Is my order on its way? {ref} \n ', '\n\nWhich cards do you take? {ref}  '],
  },
  {
    kind: 'X',
    condition: 'long-content',
    texts: [LONG.repeat(16), LONG.repeat(120), LONG.repeat(470)].map((text) => `${text}{ref}`),
  },
  {
    kind: 'H',
    condition: 'markup-in-content',
    texts: [
      'The page says <b>Error & "retry"</b> <script>alert(1)</script>, what now? {ref}',
      "Is '; DROP TABLE orders; -- &amp; &lt;ok&gt; a valid order number? {ref}",
    ],
  },
  {
    kind: 'N',
    condition: 'unicode-content',
    texts: [
      `Cafe\u0301 cr\u00e8me \ufb01ne \u{1F469}\u200d\u{1F469}\u200d\u{1F467} \u2764\ufe0f \u{1D4B3}: wo ist meine Bestellung? ${TROUBLESOME} {ref}`,
      `\u0645\u0631\u062d\u0628\u0627\u060c \u0623\u064a\u0646 \u0637\u0644\u0628\u064a\u061f \u6211\u7684\u8ba2\u5355\u5728\u54ea\u91cc\uff1f \u2764\ufe0f ${TROUBLESOME} {ref}`,
    ],
  },
];

/** What the `index`-th conversation says first. */
export interface Content {
  readonly kind: string;
  readonly condition: string;
  readonly text: string;
}

export const CONTENT_CLASSES = CLASSES.length;

/** Classes take turns, and texts within a class; the seed decides which text comes first. */
export function contentAt(index: number, seed: number, reference: string): Content {
  const { kind, condition, texts } = CLASSES[index % CLASSES.length] as ContentClass;
  const first = Math.floor(random(seed, index % CLASSES.length)() * texts.length);
  const text = texts[(first + Math.floor(index / CLASSES.length)) % texts.length] ?? '';
  return { kind, condition, text: text.replace('{ref}', reference) };
}

/** What a conversation says next. */
export function followUp(index: number, reference: string): string {
  const texts = ['And how long will that take?', 'Can you check my order, please?', 'What does it cost?', 'Thank you!'];
  return `${texts[index % texts.length]} ${reference}`;
}

/** What a customer says once and asks for later: five digits, as order numbers have. */
export function factAt(seed: number, conversation: number): string {
  return String(10_000 + Math.floor(random(seed, FACT_STREAM + conversation)() * 90_000));
}

const FACT_STREAM = 4_200;

export const stated = (fact: string, reference: string): string => `My reference number is ${fact}. ${reference}`;

export const recallQuestion = (reference: string): string =>
  `What was the reference number that I gave you? ${reference}`;
