export const ROLES = ['user', 'agent', 'finibot', 'otherbot'] as const;
export type Role = (typeof ROLES)[number];

export interface Article {
  readonly id: string;
  readonly title: string;
  readonly documentUrl: string | null;
}

/** One stored message, as every route shows it: exactly these 14 fields. */
export interface PublicEvent {
  id: string;
  /** Epoch ms. */
  createdAt: number;
  role: Role;
  type: 'message';
  message: string;
  externalId: string | null;
  externalCreatedAt: number | null;
  csatRating: number | null;
  feedback: string | null;
  approved: boolean | null;
  resolved: boolean | null;
  attachments: unknown[];
  tags: unknown[];
  usedArticles: Article[];
}

/** An event of which nothing is known but who said what, and when. */
export function publicEvent(id: string, createdAt: number, role: Role, message: string): PublicEvent {
  return {
    id,
    createdAt,
    role,
    type: 'message',
    message,
    externalId: null,
    externalCreatedAt: null,
    csatRating: null,
    feedback: null,
    approved: null,
    resolved: null,
    attachments: [],
    tags: [],
    usedArticles: [],
  };
}
