/** Kinds of exchanges that an operator can be limited to. An exchange is of several. */
export const KINDS = {
  ANY: 'every request',
  POST: 'every POST to Generate Answer, also a refused one',
  TURN: 'a turn that is answered with events',
  U: 'a user turn',
  START: 'a user turn that starts a conversation',
  C: 'a user turn that continues a conversation',
  O: 'a user turn without a role',
  R: 'a turn of another role than user',
  K: 'a reply that used articles',
  M: 'a turn with metadata',
  T: 'a conversation whose events carry tags',
  W: 'content with blanks at its ends',
  X: 'content of 1,000 characters or more',
  H: 'content with markup',
  N: 'content beyond ASCII',
  N1: 'content missing',
  N3: 'both ids missing',
  N4: 'unknown role',
  N5: 'unknown agent',
  N6: 'unknown conversation',
  N7: 'malformed JSON',
  N8: 'wrong types',
  'N*': 'any request that is refused as invalid',
  A1: 'no Authorization header',
  A2: 'another scheme than Bearer',
  A3: 'unknown key',
  A4: 'revoked key',
  A5: 'key without the scope',
  A7: "another workspace's agent or conversation",
  'A*': 'any request that is refused for its key',
  G: 'Get conversation',
  L: 'List conversations',
  B: 'List agents',
  D: 'Delete conversation, one or many',
} as const;

export type Kind = keyof typeof KINDS;

/** Kinds that hold only for a request that is answered well. */
export const GOOD_KINDS: readonly Kind[] = [
  ...(['TURN', 'U', 'START', 'C', 'O', 'R', 'K', 'M', 'T', 'W', 'X', 'H', 'N'] as const),
  ...(['G', 'L', 'B', 'D'] as const),
];
