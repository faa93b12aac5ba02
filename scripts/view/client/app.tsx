import type { VNode } from 'preact';
import { hrefOf, useAddress } from './address.ts';
import { ComparePage } from './compare-page.tsx';
import { ConversationPage } from './conversation-page.tsx';
import { RunList } from './run-list.tsx';
import { RunPage } from './run-page.tsx';
import { TurnsPage } from './turns-page.tsx';

export function App(): VNode {
  const { page, parameters } = useAddress();
  const run = parameters.get('run') ?? '';
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        Skip to the content
      </button>
      <header class="bar">
        <a href={hrefOf('runs')}>fini-harness</a>
        <nav aria-label="Pages">
          <a href={hrefOf('runs')} aria-current={page === 'runs' ? 'page' : undefined}>
            Runs
          </a>
          {page !== 'runs' && page !== 'compare' && (
            <a href={hrefOf('run', { run })} aria-current={page === 'run' ? 'page' : undefined}>
              Run {run}
            </a>
          )}
        </nav>
      </header>
      <main id="main" tabIndex={-1}>
        {page === 'runs' && <RunList parameters={parameters} />}
        {page === 'run' && <RunPage run={run} />}
        {page === 'turns' && <TurnsPage run={run} parameters={parameters} />}
        {page === 'conversation' && <ConversationPage run={run} parameters={parameters} />}
        {page === 'compare' && <ComparePage parameters={parameters} />}
      </main>
    </>
  );
}

/** The address holds the page, so this is no link. */
function skip(): void {
  document.getElementById('main')?.focus();
}
