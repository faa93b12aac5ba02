import { useEffect, useRef, useState } from 'preact/hooks';

export interface Asked<T> {
  readonly data: T | undefined;
  readonly error: string | undefined;
}

export const GONE = 'The server of this page has stopped. Start fini-harness view again.';

/** Asks the server, and again every so often while `everyMs` says so; what came before stays until something else comes. */
export function useAnswer<T>(path: string, everyMs?: (data: T | undefined) => number | undefined): Asked<T> {
  // As of the latest drawing: whether to ask again may depend on what else is known by then.
  const every = useRef(everyMs);
  every.current = everyMs;
  const [asked, setAsked] = useState<Asked<T> & { path: string }>({ path, data: undefined, error: undefined });
  useEffect(() => {
    let timer: number | undefined;
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const next = await fetchAnswer<T>(path, abort.signal);
      if (abort.signal.aborted) return;
      setAsked((before) => ({
        path,
        data: next.data ?? (before.path === path ? before.data : undefined),
        error: next.error,
      }));
      const wait = every.current?.(next.data);
      if (wait !== undefined) timer = setTimeout(ask, wait);
    };
    void ask();
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [path]);
  return asked.path === path ? asked : { data: undefined, error: undefined };
}

async function fetchAnswer<T>(path: string, signal: AbortSignal): Promise<Asked<T>> {
  try {
    const response = await fetch(path, { signal });
    if (!response.ok) return { data: undefined, error: (await response.text()).trim() };
    return { data: (await response.json()) as T, error: undefined };
  } catch {
    return { data: undefined, error: GONE };
  }
}
