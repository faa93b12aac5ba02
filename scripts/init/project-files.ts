import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../foundation/package-root.ts';

export type CiServer = 'github' | 'gitlab' | 'none';

/** A file of a new project. */
export interface ProjectFile {
  /** From the project's folder. */
  readonly path: string;
  readonly text: string;
  /** Lines that are added to a file that is there already. */
  readonly adds?: true;
}

const TEMPLATES = join(PACKAGE_ROOT, 'templates');

/** Names that npm or git would take for their own in this package. */
const RENAMED: Readonly<Record<string, string>> = { 'env.example': '.env.example', gitignore: '.gitignore' };
const CI_FOLDERS = { github: '.github/workflows', gitlab: '.gitlab' } as const;

/** What makes GitLab run the jobs. */
export const GITLAB_PIPELINE = {
  path: '.gitlab-ci.yml',
  text: 'include:\n  - local: .gitlab/fini-harness.yml\n',
} as const satisfies ProjectFile;

/** What `init` writes: a configuration, a workload, a scenario, folders for baselines and the drift memory, and CI files. */
export async function projectFiles(ci: CiServer): Promise<readonly ProjectFile[]> {
  const files = await filesIn(join(TEMPLATES, 'init'));
  const own = files.map(({ path, text }): ProjectFile => {
    const file = { path: RENAMED[path] ?? path, text };
    return path === 'gitignore' ? { ...file, adds: true } : file;
  });
  const folders = ['baselines', 'drift'].map((name) => ({ path: `${name}/.gitkeep`, text: '' }));
  if (ci === 'none') return [...own, ...folders];
  const pipelines = (await filesIn(join(TEMPLATES, ci))).map(({ path, text }) => ({
    path: `${CI_FOLDERS[ci]}/${path}`,
    text,
  }));
  return [...own, ...folders, ...pipelines, ...(ci === 'gitlab' ? [GITLAB_PIPELINE] : [])];
}

async function filesIn(folder: string): Promise<ProjectFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return Promise.all(
    paths.sort().map(async (path) => ({
      path: path.slice(folder.length + 1).replaceAll('\\', '/'),
      text: await readFile(path, 'utf8'),
    })),
  );
}
