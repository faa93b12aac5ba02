import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLI } from '../../../foundation/package-root.ts';
import type { ControlPlane } from './control-plane.ts';

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly fieldRef?: { readonly fieldPath: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

interface Volume {
  readonly name: string;
  readonly configMap?: { readonly name: string };
  readonly persistentVolumeClaim?: { readonly claimName: string };
}

export interface PodSpec {
  readonly containers: readonly {
    readonly command?: readonly string[];
    readonly args?: readonly string[];
    readonly env?: readonly Variable[];
    readonly ports?: readonly unknown[];
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes?: readonly Volume[];
}

export interface Job {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template: { readonly metadata: { readonly labels?: Record<string, string> }; readonly spec: PodSpec };
  };
}

/** What the node executes for the container of a pod. */
export interface PodProcess {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The folders on this machine by the paths in the container. */
  readonly mounts: ReadonlyMap<string, string>;
}

export interface Place {
  readonly plane: ControlPlane;
  readonly namespace: string;
  /** Where the volumes of the namespace lie. */
  readonly folder: string;
  readonly k6: string;
}

/** Turns a pod into a process as a kubelet and its images would: environment, volumes, `$(NAME)`, entry points. */
export async function podProcess(
  job: Job,
  pod: string,
  address: string | undefined,
  place: Place,
): Promise<PodProcess> {
  const { spec } = job.spec.template;
  const [container] = spec.containers;
  if (container === undefined) throw new Error(`${job.metadata.name} has no container`);
  const mounts = new Map<string, string>();
  for (const { name, mountPath } of container.volumeMounts ?? []) {
    const volume = spec.volumes?.find((each) => each.name === name);
    if (volume === undefined) throw new Error(`${job.metadata.name} has no volume ${name}`);
    mounts.set(mountPath, await folderOf(volume, pod, place));
  }
  const env: Record<string, string> = {};
  for (const variable of container.env ?? []) env[variable.name] = await contentOf(variable, pod, place);
  const expanded = (text: string): string =>
    inFolders(
      text.replace(/\$\((\w+)\)/g, (whole, name: string) => env[name] ?? whole),
      mounts,
    );
  const command = (container.command ?? []).map(expanded);
  // In its pod, a process that listens on every address listens on that of the pod.
  const args = (container.args ?? []).map(expanded);
  const own = command.map((part) => (address === undefined ? part : part.replace('0.0.0.0', address)));
  const [file, ...rest] = own.length > 0 ? own : [process.execPath, CLI];
  if (file === undefined) throw new Error(`${job.metadata.name} has no command`);
  const environment = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, inFolders(value, mounts)]));
  return { file: file === 'k6' ? place.k6 : file, args: [...rest, ...args], env: environment, mounts };
}

/** A path in the container as it is on this machine. */
function inFolders(text: string, mounts: ReadonlyMap<string, string>): string {
  for (const [path, folder] of mounts) {
    if (text === path || text.startsWith(`${path}/`)) return folder + text.slice(path.length);
  }
  return text;
}

async function contentOf(
  { value = '', valueFrom }: Variable,
  pod: string,
  { plane, namespace }: Place,
): Promise<string> {
  if (valueFrom?.fieldRef !== undefined) {
    if (valueFrom.fieldRef.fieldPath !== 'metadata.name') throw new Error(`no field ${valueFrom.fieldRef.fieldPath}`);
    return pod;
  }
  if (valueFrom?.secretKeyRef === undefined) return value;
  const { name, key } = valueFrom.secretKeyRef;
  const { data } = await plane.api<{ data: Record<string, string> }>(`/api/v1/namespaces/${namespace}/secrets/${name}`);
  const secret = data[key];
  if (secret === undefined) throw new Error(`Secret ${name} has no ${key}`);
  return Buffer.from(secret, 'base64').toString();
}

/** A ConfigMap is a folder of each pod, a claim one of all. */
async function folderOf(
  { name, configMap, persistentVolumeClaim }: Volume,
  pod: string,
  place: Place,
): Promise<string> {
  const folder = join(place.folder, persistentVolumeClaim?.claimName ?? join(pod, name));
  await mkdir(folder, { recursive: true });
  if (configMap === undefined) return folder;
  const path = `/api/v1/namespaces/${place.namespace}/configmaps/${configMap.name}`;
  const { data } = await place.plane.api<{ data: Record<string, string> }>(path);
  for (const [file, text] of Object.entries(data)) await writeFile(join(folder, file), text);
  return folder;
}
