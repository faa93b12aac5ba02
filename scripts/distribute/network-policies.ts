import { isIP } from 'node:net';
import { type ClusterRun, labelsOf, namesOf, selectorOf } from './cluster-run.ts';

/** Addresses that no public host has. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16', '100.64.0.0/10'];
/** A policy sees the ports of pods, which need not be those of their Service. */
const WITHIN_CLUSTER = /^[^.:]+$|\.svc$|\.cluster\.local$/;
const DNS = [
  { protocol: 'UDP', port: 53 },
  { protocol: 'TCP', port: 53 },
];

/**
 * Runners reach the target and DNS, the collector nothing. A policy knows addresses, not names: a public host is its port
 * on every public address, and a name of the cluster is every pod of it.
 */
export function networkPolicies({ plan }: ClusterRun): object[] {
  const { run } = namesOf(plan);
  const policy = (component: string, egress: readonly object[]): object => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: `${run}-${component}`, labels: labelsOf(plan, component) },
    spec: { podSelector: { matchLabels: selectorOf(plan, component) }, policyTypes: ['Egress'], egress },
  });
  return [policy('runner', [{ ports: DNS }, target(plan.target.baseUrl)]), policy('collector', [])];
}

function target(baseUrl: string): object {
  const { hostname, port, protocol } = new URL(baseUrl);
  const ports = [{ protocol: 'TCP', port: Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port) }];
  const host = hostname.replace(/^\[|\]$/g, '');
  if (WITHIN_CLUSTER.test(host)) return { to: [{ namespaceSelector: {} }] };
  const version = isIP(host);
  if (version !== 0) return { to: [{ ipBlock: { cidr: `${host}/${version === 4 ? 32 : 128}` } }], ports };
  return { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: PRIVATE } }, { ipBlock: { cidr: '2000::/3' } }], ports };
}
