import type { Article } from './event.ts';

/** What the AI knows about one subject. */
export interface Topic {
  /** Lower-case word parts; the topic with the most hits answers. */
  readonly keywords: readonly string[];
  readonly replies: readonly string[];
  readonly articles: readonly Article[];
}

const HELP = 'https://help.example.com/articles';

export const TOPICS: readonly Topic[] = [
  {
    keywords: ['order', 'track', 'parcel', 'delivery', 'deliver', 'shipping', 'bestell', 'commande', 'pedido'],
    replies: [
      'I can help with that. What is your order number?',
      'Your order page shows where the parcel is right now. Would you like me to look it up for you?',
      'Most parcels arrive within three working days. If yours is later than that, tell me the order number and I will check.',
    ],
    articles: [
      { id: '7f5392e5-dc7d-4558-8860-cf3ea4b32f94', title: 'Track your order', documentUrl: null },
      { id: '0b7a2c34-52f1-4a53-9a41-6f0f1d1a5b01', title: 'Delivery times', documentUrl: `${HELP}/delivery-times` },
    ],
  },
  {
    keywords: ['refund', 'return', 'money back', 'erstatt', 'rembours', 'devol'],
    replies: [
      'You can return anything within 30 days. Shall I start a return for you?',
      'Refunds reach your account five working days after we receive the item.',
      'I am sorry that it did not fit. Which item would you like to return?',
    ],
    articles: [
      { id: '9c1d0c9e-3c0e-4a39-8b0f-2b8e8e6f4a02', title: 'Returns and refunds', documentUrl: `${HELP}/returns` },
    ],
  },
  {
    keywords: ['invoice', 'bill', 'charge', 'vat', 'rechnung', 'facture', 'factura', 'payment', 'card'],
    replies: [
      'All invoices are under Account, Billing. Which month do you need?',
      'I see that you ask about a charge. Could you give me its date and amount?',
      'You can change the card under Account, Payment methods; the next invoice uses the new one.',
    ],
    articles: [
      { id: '3e9b4f70-6a43-4d4e-9a0b-5d6c6e0c8a03', title: 'Find your invoices', documentUrl: `${HELP}/invoices` },
      { id: 'b5d7f1c2-1e0d-47f2-8c55-0c3f7a9e1b04', title: 'Payment methods', documentUrl: null },
    ],
  },
  {
    keywords: ['password', 'login', 'log in', 'sign in', 'locked', 'passwort', 'connexion', '2fa', 'two-factor'],
    replies: [
      'I have a link that lets you choose a new password; it is valid for one hour.',
      'Your account locks for 15 minutes after five wrong tries. After that you can sign in again.',
    ],
    articles: [
      { id: 'f2f6a8de-7d0c-4a1b-8f50-3b8fbb0e9c05', title: 'Reset your password', documentUrl: `${HELP}/password` },
    ],
  },
  {
    keywords: ['cancel', 'subscription', 'plan', 'upgrade', 'downgrade', 'kündig', 'abonn', 'suscrip'],
    replies: [
      'You can cancel at any time; your plan then runs to the end of the month that you have paid for.',
      'Changing plans takes effect at once, and we credit the days that you have not used.',
    ],
    articles: [
      { id: 'a61d2a0c-94b7-4f0e-b7b4-1f6f2f1f7d06', title: 'Change or cancel your plan', documentUrl: `${HELP}/plans` },
    ],
  },
  {
    keywords: ['export', 'data', 'gdpr', 'delete my', 'privacy', 'daten', 'privac'],
    replies: [
      'You can export everything under Settings, Privacy. The file is ready within a few minutes.',
      'We delete your data 30 days after you close the account. Shall I send you the steps?',
    ],
    articles: [{ id: 'd8c0b6f4-0f2a-4b8b-9d13-7a5e4c3b2e07', title: 'Your data', documentUrl: `${HELP}/privacy` }],
  },
  {
    keywords: ['api', 'webhook', 'integration', 'token', 'error', 'slow', 'bug', 'crash', 'fehler', 'erreur'],
    replies: [
      'Thank you for the report. Which version do you use, and what did you do just before it happened?',
      'Webhooks are sent again for up to 24 hours. You find each try in the delivery log.',
    ],
    articles: [
      { id: '5a4e8b1f-2c6d-4e77-a0c9-8d9e0f1a2b08', title: 'Webhook deliveries', documentUrl: `${HELP}/webhooks` },
    ],
  },
  {
    keywords: ['thank', 'danke', 'merci', 'gracias', 'great', 'perfect', 'bye'],
    replies: ["You're welcome!", 'Glad that I could help. Have a good day!'],
    articles: [],
  },
  {
    keywords: ['human', 'agent', 'person', 'call me', 'mensch', 'humain', 'humano'],
    replies: ['I will hand you over to a colleague. They usually answer within ten minutes.'],
    articles: [],
  },
];

/** What the AI says when it knows no topic. */
export const FALLBACK: Topic = {
  keywords: [],
  replies: [
    'Could you tell me a little more, so that I can find the right answer?',
    'I want to be sure that I understand. What would you like to do?',
    'Let me check that for you. Is there anything else that I should know?',
    'Thanks for the details. Do you see a message on the screen, and what does it say?',
  ],
  articles: [],
};
