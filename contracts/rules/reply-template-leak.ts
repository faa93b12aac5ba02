import { badReplies, placeIn } from '../reply.ts';
import type { Rule } from './rule.ts';

/** Prose may say undefined or null: these are places where a value should stand. */
const LEAKS = [
  /^\s*(undefined|null|NaN)\s*$/,
  /\{\{\s*[\w.]+\s*\}\}/,
  /\{\{[#/^>!&]\s*[\w.]+[^{}]{0,80}\}\}/,
  /<%[=-]?\s[^%<>]{1,80}%>|\{%-?\s*(if|elif|else|for|end\w+|set|include|block|macro)\b[^{}]{0,80}%\}/,
  /\{\w+,\s*(plural|select|selectordinal)\s*,/,
  /(^|[\s(])Invalid Date(?=[\s.,!?)]|$)/,
  /\[object \w+\]/,
  // Mentions as chat programs write them, and texts that stand for others.
  /<(@[!&]?|#)[A-Z0-9]{6,}(\|[^>]*)?>/,
  /\blorem ipsum\b/i,
  /^\s*(TODO|FIXME|TBD)\b/,
  /^\s*(hello|hi|hey|dear|welcome|thanks|thank you|sorry|hallo|hola|bonjour|salut|ciao|ol[aá]) (undefined|null|NaN)\s*[,.!]/i,
  /[#$€£](undefined|null|NaN)\b/,
  // Places that a formatter or a template should have filled: of printf, numbered, named, and as a model writes them.
  /(^|[\s("'])%(\d+\$)?[sd](?=[\s,.!?:;)'"]|$)|%\(\w+\)[sd]/,
  // `{1, 2} ∪ {3}` and `S = {1}` are sets.
  /(?:^|(?<![=∈∉∪∩⊂⊆∖]\s?)[\s("'])\{\d{1,2}\}(?=[\s,.!?:;)'"]|$)(?!\s?[∪∩⊂⊆∖])|\$\{[\w.]+\}/,
  /^\s*(hello|hi|hey|dear|welcome|thanks|thank you|sorry|hallo|hola|bonjour|salut|ciao|ol[aá]) (\{[\w. ]+\}|%\w+%|<[\w ]*name>)/i,
  /\[(?:[Yy]our|YOUR|[Cc]ustomer|CUSTOMER|[Cc]ompany|COMPANY|[Aa]gent|AGENT|[Ii]nsert|INSERT)[ _][\w ]{1,40}\](?!\()/,
  // The key of a text in place of the text.
  /^\s*(?=\S*[a-z](_|[A-Z]))[a-z][\w-]*(\.[\w-]+)+\s*$/,
  /^\s*[A-Z]{2,}(_[A-Z]{2,}){2,}\s*$/,
  // What a model writes for the program around it: its reasoning, and the call of a tool as the whole of a reply.
  /^\s*<(think|thinking|reasoning)>/,
  /^\s*\{\s*"(tool|tool_name|tool_calls|function|function_call)"\s*:[\s\S]*\}\s*$/,
  // The same as a tag, the marks of its sources, its speaker, and the tokens at which it stops.
  /<\/?(tool_calls?|tool_use|tool_response|function_calls?|function_response|invoke|scratchpad)\b[^>]*>/,
  /【\d+(:\d+)?†[^】]{0,40}】/,
  /^\s*(\*\*)?(assistant|chatbot|finibot)(\*\*)?:\s/i,
  /^(?![\s\S]*<s>)[\s\S]*<\/s>\s*$|\[\/?INST\]|<(start|end)_of_turn>|<\|(eot_id|start_header_id|end_header_id|assistant|user|end)\|>/,
  // The events of a stream, and what the customer could say next.
  /^\s*(event: ?\w+\s+)?data: ?(\{|\[DONE\])/,
  /\n\s*(\*\*)?(User|Human|Customer)(\*\*)?:\s[\s\S]*\n\s*(\*\*)?(Assistant|AI|Bot|Agent)(\*\*)?:\s/,
  // Markup that was escaped, in a text that has none.
  /^(?![\s\S]*<\w)[\s\S]*\w&(nbsp|amp|lt|gt|quot|apos|#\d{2,5}|#x[\da-f]{2,5});\w/i,
  // What a model says of itself, in the words of its makers.
  /\bas an? (AI|large) language model\b|\b(I am|I'm) (just |only )?an? (AI|large) language model\b|\bAls (ein )?KI-Sprachmodell\b/i,
  /\ben tant que mod[eè]le de langage\b|\bcomo modelo de lenguaje\b|\bmy (training data|knowledge cut-?off)\b/i,
  // Parts of a message as JSON, as the program around a model passes them on.
  /^\s*(\[\s*)?\{\s*"(type|role|text|content|answer|response|reply|message)"\s*:[\s\S]*\}(\s*\])?\s*$/,
];

export const replyTemplateLeak: Rule = {
  id: 'reply-template-leak',
  class: 'behavioural',
  why: 'An unfilled placeholder, or the name of a JavaScript non-value, shows that the reply was not generated correctly.',
  find: ({ turn, events }) =>
    badReplies(
      turn,
      events,
      (message) => (isFenced(message, turn.content) ? 0 : ABOUT.test(message) ? -1 : placeIn(message, LEAKS, turn)),
      {
        template: 'filled',
      },
    ),
};

/** Who explains templates shows their places. */
const ABOUT =
  /\b(templates?|placeholders?|variables?|merge (tags?|fields?)|snippets?|handlebars|mustache|vorlagen?|platzhalter|plantillas?)\b/i;

/** A whole reply as code in the language of replies, as a model wraps it. */
const FENCED = /^\s*```(markdown|md)\s*\n[\s\S]*\n```\s*$/i;
const isFenced = (message: string, said: string): boolean => FENCED.test(message) && !/markdown|```/i.test(said);
