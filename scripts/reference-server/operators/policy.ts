/** Rules of the server that an operator can lift. */
export const POLICIES = {
  'accept-missing-key': 'A request without an Authorization header acts for the main workspace.',
  'accept-any-scheme': 'A key under another scheme than Bearer is accepted.',
  'accept-unknown-key': 'Any well-formed key acts for the main workspace.',
  'accept-key-case': 'Keys are compared without their case.',
  'accept-revoked-key': 'A revoked key still works.',
  'accept-any-scope': 'Scopes are not checked.',
  'accept-key-in-query': 'A key in the query works as one in the header.',
  'validate-before-key': 'A malformed body is refused before a bad key.',
  'role-omitted-is-agent': 'A turn without a role is stored as an agent event.',
  'accept-any-role': 'A turn of an unknown role is stored with that role.',
  'accept-missing-content': 'A turn without content is stored with an empty message.',
  'accept-unknown-agent': 'An unknown agent stands for the first one.',
  'accept-foreign-agent': "Another workspace's agent can be used.",
  'accept-foreign-conversation': "Another workspace's conversation can be read and continued.",
  'list-foreign-conversations': 'Every workspace sees all conversations.',
  'start-anew': 'A continued conversation becomes a new one.',
  'reply-first': 'The reply is stored before the event that it answers.',
  'forget-metadata': 'Metadata is not merged.',
  'delete-neighbour': 'Removing a conversation removes the one before it, too.',
  'keep-deleted': 'Removing a conversation answers well and removes nothing.',
} as const;

export type Policy = keyof typeof POLICIES;
