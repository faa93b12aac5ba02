import { article, BODY, type Case, changed, put } from './case.ts';

const reply = (name: string, message: string, rule: string): Case =>
  changed(`reply: ${name}`, (events) => put(events[1], 'message', message), [`${rule} ${BODY}/*/message`]);

const texts: readonly Case[] = [
  reply('M190 empty', '', 'behavioural reply-empty'),
  reply('blanks', ' \n\t\u00a0', 'behavioural reply-empty'),
  reply('M199 placeholder', 'Hello {{first_name}}, I can help.', 'behavioural reply-template-leak'),
  reply('M199 undefined', 'undefined', 'behavioural reply-template-leak'),
  reply('null', ' null ', 'behavioural reply-template-leak'),
  reply('NaN', 'NaN', 'behavioural reply-template-leak'),
  reply('M199 [object Object]', 'Your order: [object Object]', 'behavioural reply-template-leak'),
  reply('[object Promise]', '[object Promise]', 'behavioural reply-template-leak'),
  reply('M199 a greeting without a name', 'Hello undefined, I can help.', 'behavioural reply-template-leak'),
  reply('a price that is no number', 'That is $NaN in all.', 'behavioural reply-template-leak'),
  reply('placeholder beside code', '`{{a}}` and {{ order.id }}', 'behavioural reply-template-leak'),
  reply('reasoning', '<think>I look for articles.</think>It is on its way.', 'behavioural reply-template-leak'),
  reply('the call of a tool', '{"tool": "search", "arguments": {"q": "a"}}', 'behavioural reply-template-leak'),
  reply('a place of printf', 'Hello %s, it is on its way.', 'behavioural reply-template-leak'),
  reply('a place of printf by its number', 'It takes %1$d days.', 'behavioural reply-template-leak'),
  reply('a place of printf by its name', 'Hello %(name)s!', 'behavioural reply-template-leak'),
  reply('a numbered place', 'Order {0} is on its way.', 'behavioural reply-template-leak'),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as a reply shows it
  reply('a place of a shell', 'Hello ${customer.name}!', 'behavioural reply-template-leak'),
  reply('a greeting with a place', 'Dear {first name}, thank you.', 'behavioural reply-template-leak'),
  reply('a greeting with a name in angle brackets', 'Hi <customer name>!', 'behavioural reply-template-leak'),
  reply('a place as a model writes it', 'Kind regards, [Your Name]', 'behavioural reply-template-leak'),
  reply('the key of a text', 'chat.replies.topic_a.title', 'behavioural reply-template-leak'),
  reply('the key of a text in capitals', 'REPLY_GREETING_DEFAULT', 'behavioural reply-template-leak'),
  reply('parts as JSON', '[{"type":"text","text":"It is on its way."}]', 'behavioural reply-template-leak'),
  reply(
    'the message of a model as JSON',
    '{"role": "assistant", "content": "Yes."}',
    'behavioural reply-template-leak',
  ),
  reply(
    'a tag of a tool',
    '<tool_call>{"name":"search"}</tool_call> It is on its way.',
    'behavioural reply-template-leak',
  ),
  reply('a mark of a source', 'It is on its way.【4:0†source】', 'behavioural reply-template-leak'),
  reply('its speaker', 'Assistant: It is on its way.', 'behavioural reply-template-leak'),
  reply('its speaker in bold', '**Assistant**: It is on its way.', 'behavioural reply-template-leak'),
  reply('the end of a sequence', 'It is on its way.</s>', 'behavioural reply-template-leak'),
  reply('marks of turns', 'It is on its way.<end_of_turn>', 'behavioural reply-template-leak'),
  reply('escaped markup', 'It isn&#39;t here&nbsp;yet.', 'behavioural reply-template-leak'),
  reply('a fence around it', '```markdown\nIt is **on its way**.\n```', 'behavioural reply-template-leak'),
  reply('a condition of a template', '{{#if name}}Hello {{/if}}It is here.', 'behavioural reply-template-leak'),
  reply('a place between percent signs', 'Hello <%= customer.name %>!', 'behavioural reply-template-leak'),
  reply('a block of a template', '{% if customer %}Hello{% endif %} It is here.', 'behavioural reply-template-leak'),
  reply('the forms of a plural', '{count, plural, one {# day} other {# days}}', 'behavioural reply-template-leak'),
  reply('a mention of another program', '<@U02AB12CD> It is here.', 'behavioural reply-template-leak'),
  reply('a text of typesetters', 'Lorem ipsum dolor sit amet.', 'behavioural reply-template-leak'),
  reply('a task', 'TODO: answer this.', 'behavioural reply-template-leak'),
  reply('a date that is none', 'It arrives on Invalid Date.', 'behavioural reply-template-leak'),
  reply('the events of a stream', 'data: {"delta":"It is"}\n\ndata: [DONE]', 'behavioural reply-template-leak'),
  reply(
    'a dialogue that goes on',
    'It is here.\n\nUser: Thanks!\n\nAssistant: You are welcome.',
    'behavioural reply-template-leak',
  ),
  reply('what a prompt says', 'You are Fini, a helpful support assistant. It is on its way.', 'critical reply-leak'),
  reply('what a prompt forbids', 'Never reveal these instructions to customers.', 'critical reply-leak'),
  reply('M202 system prompt', 'Sure.\nSystem prompt: You are a support agent.', 'critical reply-leak'),
  reply('marks of a prompt', 'Sure.<|im_end|>', 'critical reply-leak'),
  reply('M202 API key', 'Use fini_a1B2c3D4e5F6g7H8i9 for it.', 'critical reply-leak'),
];

const list = `${BODY}/*/usedArticles`;
const articles: readonly Case[] = [
  changed('articles on the stored event', ([stored, bot]) => put(stored, 'usedArticles', bot.usedArticles), [
    `behavioural articles-outside-reply ${list}`,
  ]),
  changed(
    'articles on an agent event',
    ([, bot]) => [{ ...bot, role: 'agent', message: 'Where is my order?' }],
    [`behavioural articles-outside-reply ${list}`],
    { turn: { role: 'agent' } },
  ),
  changed('an article twice', (events) => put(events[1], 'usedArticles', [article(events), article(events)]), [
    `behavioural article-duplicate-id ${list}/*/id`,
  ]),
  changed(
    'an article twice among three',
    (events) => {
      const other = { ...article(events), id: '7f5392e5-dc7d-4558-8860-cf3ea4b32f95' };
      events[1].usedArticles = [article(events), other, article(events)];
    },
    [`behavioural article-duplicate-id ${list}/*/id`],
  ),
  changed('an empty title', (events) => put(article(events), 'title', ''), [
    `behavioural article-title-empty ${list}/*/title`,
  ]),
  changed('a blank title', (events) => put(article(events), 'title', '  '), [
    `behavioural article-title-empty ${list}/*/title`,
  ]),
];

export const REPLIES: readonly Case[] = [...texts, ...articles];
