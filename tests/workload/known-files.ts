import type { PastConversation } from '../../scripts/reference-server/index.ts';
import { harEntry, harText } from './import/har.ts';

/** A history as an export of each kind; a HAR file has it as calls, with what the metadata tells of the customer. */
export function knownFiles(history: readonly PastConversation[]): Record<'csv' | 'jsonl' | 'har', string> {
  const rows = history.flatMap(({ messages }, index) =>
    messages.map(({ at, role, text }) => ({ conversation: `c-${index}`, timestamp: at, role, text })),
  );
  const calls = history.flatMap(({ messages, userAttributes }, index) =>
    messages
      .filter(({ role }) => role !== 'finibot')
      .map(({ at, role, text }) =>
        harEntry({
          at,
          body: { content: text, role, interactionId: `c-${index}`, metadata: { user_attributes: userAttributes } },
        }),
      ),
  );
  return {
    csv: `conversation,timestamp,role,text\n${rows
      .map(({ conversation, timestamp, role, text }) => `${conversation},${timestamp},${role},"${text}"\n`)
      .join('')}`,
    jsonl: rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    har: harText(calls),
  };
}
