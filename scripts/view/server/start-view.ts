import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Redact } from '../../../contracts/redact.ts';
import { HarnessError } from '../../foundation/errors.ts';
import { printable } from '../../foundation/text/printable.ts';
import { Refusal } from '../refusal.ts';
import { resultsRoot } from '../runs/results-root.ts';
import { assertOwnRequest } from './own-request.ts';
import { clientScript, ENTRY, PAGE, styleSheet } from './page.ts';
import { type Answer, respond } from './respond.ts';
import { routes } from './routes.ts';
import { type Session, session } from './session.ts';

export interface View {
  /** Opens the page once; whoever has it may read the results. */
  readonly url: string;
  /** @param lingerMs so long it still answers where somebody looks at it */
  readonly close: (lingerMs?: number) => Promise<void>;
}

export interface ViewOptions {
  /** The results folder. */
  readonly folder: string;
  /** Where the history of drift checks is. */
  readonly memory: string;
  readonly redact: Redact;
}

/** Who looks at a page that changes asks more often than this. */
const LOOKING_MS = 5_000;

/**
 * Serves a results folder to the browser of this machine and user, on 127.0.0.1.
 * @throws HarnessError (2) where there is no such folder
 */
export async function startView({ folder, memory, redact }: ViewOptions): Promise<View> {
  const root = await resultsRoot(folder);
  const api = routes({ root, memory, redact });
  const server = createServer({ keepAlive: true }, (request, response) => {
    answer(request).then(
      (given) => respond(response, given),
      (error: unknown) => fail(response, error),
    );
  });
  const port = (): number => (server.address() as AddressInfo).port;
  const visitor = session(port);
  let answeredAt = 0;
  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const url = urlOf(request);
    const isEntry = url.pathname === '/open';
    assertOwnRequest(request, port(), isEntry);
    if (isEntry) return enter(url, request, visitor);
    if (!visitor.holds(request)) {
      throw new Refusal(
        403,
        'Open the address that fini-harness view has printed. It works once; start the command again for a new one.',
      );
    }
    answeredAt = Date.now();
    if (url.pathname === '/') return { type: 'html', body: PAGE };
    if (url.pathname === '/view.js') return { type: 'js', body: await clientScript() };
    if (url.pathname === '/view.css') return { type: 'css', body: await styleSheet() };
    return api.answer(url);
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${port()}/open?token=${visitor.token}`,
    close: async (lingerMs = 0) => {
      if (Date.now() - answeredAt < LOOKING_MS) await delay(lingerMs);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await api.close();
    },
  };
}

function urlOf({ url = '/' }: IncomingMessage): URL {
  try {
    return new URL(url, 'http://127.0.0.1');
  } catch {
    throw new Refusal(400, 'There is no page at this address.');
  }
}

/** The printed address once; later for whoever has come in by it. */
function enter(url: URL, request: IncomingMessage, visitor: Session): Answer {
  if (visitor.holds(request)) return { type: 'html', body: ENTRY };
  if (!visitor.redeem(url.searchParams.get('token') ?? '')) {
    throw new Refusal(
      403,
      'This address has already been used, or is not the printed one. Start fini-harness view again.',
    );
  }
  return { type: 'html', body: ENTRY, headers: { 'Set-Cookie': visitor.cookie } };
}

function fail(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : error instanceof HarnessError ? 422 : 500;
  const message = error instanceof Error ? error.message : String(error);
  respond(response, { type: 'text', body: `${printable(message)}\n`, status });
}
