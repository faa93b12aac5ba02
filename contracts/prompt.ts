/** What a prompt says to a model, and nobody to a customer. */
export const PROMPTS: readonly RegExp[] = [
  /(^|\n|")[^\S\n]*You are (?:[A-Z]\w{1,30}, )?(?:an?|the) (?:(?!(?:of|to|with|who|that|and|in|for|on) )[\w-]+ ){0,4}(?:assistant|chatbot|language model|AI agent|(?:support|virtual) agent)\b/,
  /\b(?:never|do not|don't) (?:reveal|disclose) (?:these|this|your|any of these|any of your) (?:system )?(?:instructions|prompt|guidelines)\b/i,
];
