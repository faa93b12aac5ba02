import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import { requireUntil } from '../disturb.ts';
import type { Programs } from './programs.ts';

/** Services get addresses of the loopback range: a node of this cluster is a process of this machine. */
const SERVICE_RANGE = '127.96.0.0/16';
const HOST = '127.0.0.1';
const TOKEN = 'proof';

export interface ControlPlane {
  readonly kubectl: (args: readonly string[], cwd?: string) => Promise<string>;
  /** The API as JSON: `GET`, or what `init` says. */
  readonly api: <T>(path: string, init?: RequestInit) => Promise<T>;
  readonly kubeconfig: string;
  readonly stop: () => Promise<void>;
}

/** etcd and the API server of Kubernetes, with a folder for all that they write. */
export async function startControlPlane(programs: Programs, folder: string): Promise<ControlPlane> {
  const [client, peer, secure] = await Promise.all([freePort(), freePort(), freePort()]);
  const ends: (() => Promise<void>)[] = [];
  const start = (path: string, args: readonly string[]) => {
    const child = execa(path, args, { cwd: folder, reject: false, stdin: 'ignore', buffer: false });
    child.stderr.pipe(createWriteStream(join(folder, `${ends.length}.log`)));
    ends.push(async () => {
      child.kill('SIGTERM');
      await child;
    });
    return child.stdout;
  };
  const stop = async (): Promise<void> => {
    for (const end of ends.reverse()) await end();
  };
  try {
    const url = `http://${HOST}:${client}`;
    start(programs.etcd, etcdArguments(folder, url, `http://${HOST}:${peer}`));
    start(programs.apiServer, await apiServerArguments(folder, url, secure));
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, JSON.stringify(configOf(`https://${HOST}:${secure}`)), { mode: 0o600 });
    const kubectl = async (args: readonly string[], cwd = folder): Promise<string> => {
      const { stdout } = await execa(programs.kubectl, [`--kubeconfig=${kubeconfig}`, ...args], { cwd });
      return stdout;
    };
    await requireUntil(() => kubectl(['get', '--raw', '/readyz']).then(Boolean, () => false));
    const said = start(programs.kubectl, [`--kubeconfig=${kubeconfig}`, 'proxy', '--port=0']);
    const [line] = (await once(createInterface({ input: said }), 'line')) as [string];
    const base = `http://${/\d+\.\d+\.\d+\.\d+:\d+/.exec(line)?.[0]}`;
    return { kubectl, kubeconfig, stop, api: (path, init) => fetchJson(base + path, init) };
  } catch (error) {
    await stop();
    throw error;
  }
}

const etcdArguments = (folder: string, url: string, peer: string): string[] => [
  `--data-dir=${join(folder, 'etcd')}`,
  `--listen-client-urls=${url}`,
  `--advertise-client-urls=${url}`,
  `--listen-peer-urls=${peer}`,
  `--initial-advertise-peer-urls=${peer}`,
  `--initial-cluster=default=${peer}`,
  '--unsafe-no-fsync',
];

/** Nobody but this proof knows it, and there is nothing to protect. */
async function apiServerArguments(folder: string, etcd: string, port: number): Promise<string[]> {
  const accounts = join(folder, 'accounts.pem');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(accounts, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  const tokens = join(folder, 'tokens.csv');
  await writeFile(tokens, `${TOKEN},proof,proof,system:masters\n`, { mode: 0o600 });
  return [
    `--etcd-servers=${etcd}`,
    `--bind-address=${HOST}`,
    `--advertise-address=${HOST}`,
    `--secure-port=${port}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=AlwaysAllow',
    `--service-cluster-ip-range=${SERVICE_RANGE}`,
    `--service-account-key-file=${accounts}`,
    `--service-account-signing-key-file=${accounts}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    // No controller makes the accounts that it asks for.
    '--disable-admission-plugins=ServiceAccount',
    '--endpoint-reconciler-type=none',
  ];
}

const configOf = (server: string): object => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'proof', cluster: { server, 'insecure-skip-tls-verify': true } }],
  users: [{ name: 'proof', user: { token: TOKEN } }],
  contexts: [{ name: 'proof', context: { cluster: 'proof', user: 'proof' } }],
  'current-context': 'proof',
});

async function fetchJson<T>(url: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${url}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, HOST);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
