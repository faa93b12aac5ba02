import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The programs that make a cluster without nodes. */
export interface Programs {
  readonly etcd: string;
  readonly apiServer: string;
  readonly kubectl: string;
  /** The controller of k6-operator. */
  readonly operator: string;
}

/** From KUBEBUILDER_ASSETS, as Kubernetes' own tests name that folder, K6_OPERATOR and PATH. */
export function findPrograms(env: NodeJS.ProcessEnv = process.env): Programs | { readonly missing: string } {
  const assets = env.KUBEBUILDER_ASSETS ?? '';
  const folders = [assets, ...(env.PATH ?? '').split(delimiter)].filter((folder) => folder !== '');
  const find = (name: string): string | undefined => folders.map((folder) => join(folder, name)).find(existsSync);
  const found = {
    etcd: find('etcd'),
    'kube-apiserver': find('kube-apiserver'),
    kubectl: find('kubectl'),
    curl: find('curl'),
    'k6-operator': env.K6_OPERATOR ?? find('k6-operator'),
  };
  const { etcd, 'kube-apiserver': apiServer, kubectl, 'k6-operator': operator, curl } = found;
  if (etcd && apiServer && kubectl && operator && curl) return { etcd, apiServer, kubectl, operator };
  const names = Object.entries(found).flatMap(([name, path]) => (path === undefined ? [name] : []));
  return {
    missing: `${names.join(', ')} not found; put etcd, kube-apiserver and kubectl into the folder KUBEBUILDER_ASSETS or into PATH, and name the controller of k6-operator in K6_OPERATOR`,
  };
}
