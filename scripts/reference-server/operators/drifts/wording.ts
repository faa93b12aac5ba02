import { TOPICS } from '../../corpus.ts';
import { pick } from '../../random.ts';
import type { Operator } from '../operator.ts';

/** German, French and Spanish. */
const LANGUAGES: readonly [readonly string[], ...(readonly string[])[]] = [
  [
    'Das schaue ich gerne für Sie nach. Wie lautet Ihre Bestellnummer?',
    'Vielen Dank für Ihre Nachricht. Können Sie mir bitte etwas mehr dazu sagen?',
    'Die Erstattung erreicht Ihr Konto fünf Werktage, nachdem wir den Artikel erhalten haben.',
  ],
  [
    'Je vais vérifier cela pour vous. Quel est votre numéro de commande ?',
    "Merci pour votre message. Pourriez-vous m'en dire un peu plus ?",
    'Le remboursement arrive sur votre compte cinq jours après la réception de votre article.',
  ],
  [
    'Voy a comprobarlo ahora mismo. ¿Cuál es el número de su pedido?',
    'Gracias por su mensaje. ¿Podría contarme un poco más, por favor?',
    'El reembolso llega a su cuenta cinco días después de que recibamos el artículo.',
  ],
];

const HANDOVER = 'I am connecting you with a member of our support team, who will take it from here.';
const THIRD = 1 / 3;
const TIMES = 6;

/** Which language the AI answers in, when it hands over, and what its answers rest on. */
export const WORDING: readonly Operator[] = [
  {
    id: 'reply-language',
    title: 'replies in German, in French or in Spanish, whatever the question is in',
    on: ['U'],
    generated: (reply, _, exchange) => {
      reply.message = pick(exchange.variant('reply-language', LANGUAGES), exchange.random());
    },
  },
  {
    id: 'reply-handover',
    title: 'a third of the replies hand over to a human',
    on: ['U'],
    generated: (reply, _, { random }) => {
      if (random() < THIRD) reply.message = HANDOVER;
    },
  },
  {
    id: 'reply-repeats',
    title: 'the first words of a reply over and over',
    on: ['U'],
    generated: (reply) => {
      const words = reply.message.split(' ').slice(0, 4).join(' ');
      reply.message = Array<string>(TIMES).fill(words).join(' ');
    },
  },
  {
    id: 'article-host',
    title: 'articles of another host',
    on: ['U'],
    generated: (reply) => {
      reply.usedArticles = reply.usedArticles.map((article) => ({
        ...article,
        documentUrl: article.documentUrl?.replace('help.example.com', 'kb.example.net') ?? null,
      }));
    },
  },
  {
    id: 'articles-fewer',
    title: 'half of the replies without articles',
    on: ['U'],
    generated: (reply, _, { random }) => {
      if (random() < 0.5) reply.usedArticles = [];
    },
  },
  {
    id: 'articles-everywhere',
    title: 'every reply with an article',
    on: ['U'],
    generated: (reply) => {
      if (reply.usedArticles.length === 0) reply.usedArticles = [...(TOPICS[0]?.articles ?? [])];
    },
  },
];
