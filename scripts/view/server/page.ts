import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../foundation/package-root.ts';
import { pageCss } from '../../report/page/document.tsx';
import { bundleClient } from './bundle-client.ts';

const HEAD = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`;

/** The one page, which its script fills. */
export const PAGE = `<!doctype html><html lang="en"><head>${HEAD}<title>fini-harness</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/view.css"><script type="module" src="/view.js"></script></head>
<body><div id="app"><main><p>Loading.</p><noscript><p>This page needs JavaScript; report.html in the folder of a run does not.</p></noscript></main></div></body></html>
`;

/**
 * What the printed address answers: it goes on to the page by itself, since a cookie that is bound to this site is not sent
 * along where another site's click is redirected.
 */
export const ENTRY = `<!doctype html><html lang="en"><head>${HEAD}<title>fini-harness</title><meta http-equiv="refresh" content="0;url=/"></head>
<body><p><a href="/">Open the results</a></p></body></html>
`;

let script: Promise<string> | undefined;

/** Built into the package; a checkout builds it from its sources. */
export function clientScript(): Promise<string> {
  script ??= readFile(new URL('./view-client.js', import.meta.url), 'utf8').catch(() => bundleClient(PACKAGE_ROOT));
  return script;
}

export async function styleSheet(): Promise<string> {
  const own = await readFile(new URL('./view.css', import.meta.url), 'utf8').catch(() =>
    readFile(join(PACKAGE_ROOT, 'scripts', 'view', 'client', 'view.css'), 'utf8'),
  );
  return pageCss() + own;
}
