import type { Operator } from '../operator.ts';

const LONG_CHARS = 50_000;

/** What the AI may say. */
export const REPLY: readonly Operator[] = [
  {
    id: 'L17',
    title: 'emoji, right-to-left, CJK, combining and astral characters',
    on: ['U'],
    generated: say(() => 'Sure 👩‍👩‍👧! مرحبا بك، 您好。 Cafe\u0301 𝒳 \u2028 done.'),
  },
  {
    id: 'L18',
    title: 'replies of 1 character, or of 50,000',
    on: ['U'],
    generated: say((message, next) => (next < 0.5 ? 'k' : message.padEnd(LONG_CHARS, ' and more of the same'))),
  },
  {
    id: 'L19',
    title: 'Markdown, HTML, links, code and JSON in replies',
    on: ['U'],
    generated: say(
      (message) =>
        `**${message}**\n\n- [Help](https://help.example.com)\n- <b>bold</b>\n\n\`\`\`json\n{"error": null}\n\`\`\``,
    ),
  },
  {
    id: 'L20',
    title: 'error, undefined and null in ordinary prose',
    on: ['U'],
    generated: say(
      (message) =>
        `${message} If you see an error such as "undefined is not a function", the value was null; that is harmless.`,
    ),
  },
  {
    id: 'L21',
    title: 'equal short replies',
    on: ['U'],
    generated: say((message, next) => (next < 0.3 ? "You're welcome!" : message)),
  },
  {
    id: 'L22',
    title: 'a fallback answer now and then',
    on: ['U'],
    generated: say((message, next) => (next < 0.02 ? 'I am sorry, I do not know that yet.' : message)),
  },
  {
    id: 'L23',
    title: "a part of the user's text quoted",
    on: ['U'],
    generated: (reply, incoming) => {
      reply.message = `You wrote "${[...incoming.message].slice(0, 20).join('')}". ${reply.message}`;
    },
  },
  {
    id: 'L24',
    title: 'content that looks like an error page comes back as it was sent, as the server does anyway',
    on: [],
  },
  { id: 'L41', title: 'the same question, another answer, as the server does anyway', on: [] },
  {
    id: 'L42',
    title: 'another order and choice of articles for the same question, from run to run',
    on: ['U'],
    generated: (reply, _, exchange) => {
      const first = exchange.variant('L42', [true, false]);
      reply.usedArticles = first ? reply.usedArticles.slice(0, 1) : [...reply.usedArticles].reverse();
    },
  },
];

function say(change: (message: string, next: number) => string): NonNullable<Operator['generated']> {
  return (reply, _, { random }) => {
    reply.message = change(reply.message, random());
  };
}
