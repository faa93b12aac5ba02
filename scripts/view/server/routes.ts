import type { Redact } from '../../../contracts/redact.ts';
import { redactStrings } from '../../../contracts/redact.ts';
import { printableLines } from '../../foundation/text/printable.ts';
import { liveRuns } from '../live/live-runs.ts';
import { Refusal } from '../refusal.ts';
import { driftOf, evidenceOf } from '../runs/drift.ts';
import { runRows } from '../runs/list-runs.ts';
import { folderOf, textIn } from '../runs/results-root.ts';
import { searches } from '../runs/search.ts';
import { sideBySide } from '../runs/side-by-side.ts';
import { turnQuery, wholeNumber } from '../turns/turn-query.ts';
import { turnStores } from '../turns/turn-stores.ts';
import type { Answer } from './respond.ts';

export interface RoutesOptions {
  readonly root: string;
  readonly memory: string;
  readonly redact: Redact;
}

export interface Routes {
  readonly answer: (url: URL) => Promise<Answer>;
  readonly close: () => Promise<void>;
}

type Route = (parameters: URLSearchParams) => Promise<unknown>;

/** What the page may ask for; a run is named by its folder below the root. */
export function routes({ root, memory, redact }: RoutesOptions): Routes {
  // Nothing in it turns the direction of the page; the page escapes markup itself.
  const shown: Redact = (text) => printableLines(redact(text));
  const rows = runRows(root);
  const search = searches(root);
  const live = liveRuns();
  const stores = turnStores();
  const folder = (parameters: URLSearchParams, name = 'run'): Promise<string> =>
    folderOf(root, parameters.get(name) ?? '');
  const answers: Readonly<Record<string, Route>> = {
    '/api/runs': rows.list,
    '/api/run': async (asked) => rows.row(await folder(asked)),
    '/api/parts': async (asked) => rows.parts(await folder(asked)),
    '/api/live': async (asked) => live.read(await folder(asked)),
    '/api/turns': async (asked) => {
      const query = turnQuery(asked);
      return (await stores.open(await folder(asked))).page(query);
    },
    '/api/conversation': async (asked) =>
      (await stores.open(await folder(asked))).conversation(wholeNumber(asked, 'conversation') ?? 0),
    '/api/compare': async (asked) =>
      sideBySide(root, await folder(asked, 'baseline'), await folder(asked, 'candidate')),
    '/api/drift': async (asked) => driftOf(root, await folder(asked), memory),
    '/api/evidence': async (asked) => evidenceOf(root, await folder(asked), asked.get('file') ?? ''),
    '/api/search': async (asked) => search(await folder(asked)),
  };
  return {
    answer: async ({ pathname, searchParams }) => {
      if (pathname === '/report') return report(root, await folder(searchParams));
      const route = Object.hasOwn(answers, pathname) ? answers[pathname] : undefined;
      if (route === undefined) throw new Refusal(404, 'There is nothing at this address.');
      return { type: 'json', body: JSON.stringify(redactStrings(await route(searchParams), shown)) };
    },
    close: async () => {
      await Promise.all([live.close(), stores.close()]);
    },
  };
}

async function report(root: string, folder: string): Promise<Answer> {
  const html = (await textIn(root, folder, 'report.html')) ?? (await textIn(root, folder, 'comparison.html'));
  if (html === undefined) throw new Refusal(404, 'This run has no report yet.');
  return { type: 'report', body: html.replaceAll(EVIDENCE_LINK, '$1') };
}

/** In its sandbox a report leads nowhere: the page of the check shows the evidence. */
const EVIDENCE_LINK = /<a href="evidence[/][^"]*">([^<]*)<[/]a>/g;
