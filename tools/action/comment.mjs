import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Writes a run's comparison, or else its report, as one comment on a pull request: the comment of an earlier run is changed.
 * A comment that cannot be written is a warning: the verdict does not depend on it.
 */
const LONGEST = 60_000;
const MOST_PAGES = 20;
const TIMEOUT_MS = 20_000;

const { GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_TOKEN, FOLDER = '', NAME = '', NUMBER = '' } = process.env;
const marker = `<!-- fini-harness: ${NAME} -->`;
const comments = `/repos/${GITHUB_REPOSITORY}/issues/${Number(NUMBER)}/comments`;

async function request(method, path, body) {
  const response = await fetch(`${GITHUB_API_URL}${path}`, {
    method,
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${GITHUB_TOKEN}`,
      'x-github-api-version': '2022-11-28',
    },
    ...(body === undefined ? {} : { body: JSON.stringify({ body }) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status}`);
  return response.json();
}

/** Of a bot: anybody may write a comment with this marker. */
async function earlier() {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await request('GET', `${comments}?per_page=100&page=${page}`);
    const own = found.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(marker));
    if (own !== undefined || found.length < 100) return own;
  }
  return undefined;
}

function text() {
  const file = ['comparison.md', 'report.md'].map((name) => join(FOLDER, name)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const markdown = readFileSync(file, 'utf8');
  const shown =
    markdown.length <= LONGEST ? markdown : `${markdown.slice(0, LONGEST)}\n\n(cut; the artefact has all of it)`;
  return `${marker}\n${shown}`;
}

try {
  const body = text();
  if (body !== undefined) {
    const own = await earlier();
    if (own === undefined) await request('POST', comments, body);
    else await request('PATCH', `/repos/${GITHUB_REPOSITORY}/issues/comments/${own.id}`, body);
  }
} catch (error) {
  console.log(
    `::warning title=fini-harness::the comment was not written: ${String(error.message).replace(/[\r\n]+/g, ' ')}`,
  );
}
