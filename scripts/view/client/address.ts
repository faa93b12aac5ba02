import { useEffect, useState } from 'preact/hooks';

export type Page = 'runs' | 'run' | 'turns' | 'conversation' | 'compare';

export interface Address {
  readonly page: Page;
  readonly parameters: URLSearchParams;
}

const PAGES: readonly Page[] = ['runs', 'run', 'turns', 'conversation', 'compare'];

export type Parameters = Readonly<Record<string, string | number | undefined>>;

/** The address of a page, which can be kept and opened again. */
export function hrefOf(page: Page, parameters: Parameters = {}): string {
  const query = queryOf(parameters);
  return `#/${page}${query && `?${query}`}`;
}

export function queryOf(parameters: Parameters): string {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
}

function current(): Address {
  const [path = '', query = ''] = location.hash.replace(/^#[/]?/, '').split('?');
  return { page: PAGES.find((page) => page === path) ?? 'runs', parameters: new URLSearchParams(query) };
}

/** Follows the address bar. */
export function useAddress(): Address {
  const [address, setAddress] = useState(current);
  useEffect(() => {
    const follow = () => setAddress(current());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return address;
}
