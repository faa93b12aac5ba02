import { BODY, expectation, HEADER } from '../expectations.ts';
import { type Change, everywhere, maker, named, onPage, onShown, withCursors } from './changes.ts';
import { good, isJson, type Json, type Mutation } from './mutation.ts';

const criticalAt = (name: string) => expectation('critical', new RegExp(`/${name}(/\\*)?$`));
const made = maker('entangled');

const shown = (values: (one: Json) => Json): Change => onShown((one) => Object.assign(one, values(one)));
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

/** Cursors to the next page that hold more than a place. */
const sealed = (id: string, title: string, holds: (cursor: unknown) => Json): Mutation =>
  withCursors(
    made(
      id,
      title,
      criticalAt('nextCursor'),
      onPage((page, _, memory) => {
        const { nextCursor } = page;
        if (nextCursor === null) return;
        page.nextCursor = encoded(holds(nextCursor));
        memory.set(String(page.nextCursor), nextCursor);
      }),
    ),
  );

/** What names persons, inner hosts and queries in places that are known. */
export const INDISCRETIONS: readonly Mutation[] = [
  sealed('cursor-query', 'cursors hold the query of the next page', (after) => ({
    q: 'SELECT * FROM interactions WHERE workspace_id = $1',
    after,
  })),
  sealed('cursor-owner', 'cursors hold the address of who reads', (at) => ({ user: 'jane.miller@acme.example', at })),
  made('etag-owner', 'the mark of a version holds an address', expectation('critical', HEADER), (response) => {
    response.headers.etag = `"${encoded({ by: 'jane.miller@acme.example' })}"`;
  }),
  made(
    'tags-phone',
    'tags hold the phone number of the customer',
    criticalAt('tags'),
    everywhere((one) => Object.assign(one, { tags: ['vip', '+49 1512 3456789'] })),
  ),
  made(
    'names-of-owners',
    'agents are named by the addresses of their owners',
    criticalAt('name'),
    good('agents', (body: Json[]) => {
      for (const [index, one] of body.entries())
        one.name = `${['jane.miller', 'tom.berg', 'ana.silva'][index % 3]}@acme.example`;
    }),
  ),
  made(
    'titles-authors',
    'titles of articles name their authors with an address',
    criticalAt('title'),
    named((one) => Object.assign(one, { title: `${one.title} (jane.miller@acme.example)` })),
  ),
  made(
    'source-host',
    'source names the inner host',
    criticalAt('source'),
    shown(() => ({ source: 'api@ip-10-0-3-7.ec2.internal' })),
  ),
  made(
    'channel-phone',
    'channel names the phone number of the customer',
    criticalAt('channel'),
    shown(() => ({ channel: 'whatsapp:+4915123456789' })),
  ),
  made(
    'attributes-health',
    'attributes say what a customer suffers from',
    criticalAt('userAttributes.*'),
    shown(({ userAttributes }) => ({
      userAttributes: {
        ...(isJson(userAttributes) ? userAttributes : {}),
        health: { diagnosis: 'asthma', bloodType: 'A+' },
      },
    })),
  ),
  made(
    'customer-name',
    'conversations name their customer',
    expectation('critical', BODY),
    shown(() => ({ customerName: 'Jane Miller' })),
  ),
];
