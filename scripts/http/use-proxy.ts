import type { Dispatcher as Dispatching } from 'undici';
import type { Io } from '../foundation/io.ts';
import { hasProxy, proxyOf } from './proxy-of.ts';

/**
 * Makes this process's own requests take the proxies of the environment, which Node's `fetch` does not look at, as k6's do.
 * With `insecureTls` they look at no certificate of the target. The library is loaded only where it is needed.
 */
export async function useProxy(env: Io['env'], insecureTls = false): Promise<void> {
  if (!hasProxy(env) && !insecureTls) return;
  const tls = insecureTls ? { rejectUnauthorized: false } : {};
  const { Agent, Dispatcher, ProxyAgent, setGlobalDispatcher } = await import('undici');
  const direct = new Agent({ connect: tls });
  const agents = new Map<string, Dispatching>();
  const agentOf = (origin: string): Dispatching => {
    const uri = proxyOf(origin, env)?.url.href;
    if (uri === undefined) return direct;
    // Like k6: a tunnel for https only.
    const agent = agents.get(uri) ?? new ProxyAgent({ uri, proxyTunnel: false, requestTls: tls });
    agents.set(uri, agent);
    return agent;
  };
  setGlobalDispatcher(
    new (class extends Dispatcher {
      override dispatch(options: Dispatching.DispatchOptions, handler: Dispatching.DispatchHandler): boolean {
        return agentOf(String(options.origin)).dispatch(options, handler);
      }
    })(),
  );
}

/** Tells the user which proxy the requests of a run take, k6's and the harness's own. */
export function sayProxy({ baseUrl }: { readonly baseUrl: string }, { env, err }: Pick<Io, 'env' | 'err'>): void {
  const proxy = proxyOf(baseUrl, env);
  if (proxy !== undefined) err(`Through the proxy ${proxy.shown}.\n`);
}
