import type { LooseEvent } from './answer.ts';
import type { Article } from './generated/event.ts';

type LooseArticle = { readonly [Key in keyof Article]?: unknown };

const NONE: readonly LooseArticle[] = [];

/** The articles of an event; none where it has no list of objects. */
export function articlesOf(event: LooseEvent | undefined): readonly LooseArticle[] {
  const articles = event?.usedArticles;
  if (!Array.isArray(articles) || articles.length === 0) return NONE;
  return articles.every((article) => typeof article === 'object' && article !== null) ? articles : NONE;
}
