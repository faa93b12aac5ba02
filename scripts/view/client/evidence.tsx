import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { queryOf } from './address.ts';
import { useAnswer } from './answer.ts';
import { Scrolling } from './parts.tsx';
import { Trouble } from './title.tsx';

/** An exchange that proves a finding, read when it is opened. */
export function Evidence({ run, file }: { run: string; file: string }): VNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="turn" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Evidence {file}</summary>
      {isOpen && <Exchange run={run} file={file} />}
    </details>
  );
}

function Exchange({ run, file }: { run: string; file: string }): VNode {
  const { data, error } = useAnswer<unknown>(`/api/evidence?${queryOf({ run, file })}`);
  return (
    <>
      <Trouble error={error} />
      {data !== undefined && (
        <figure class="body">
          <Scrolling label={`Evidence ${file}`}>
            <pre>{JSON.stringify(data, null, 2)}</pre>
          </Scrolling>
        </figure>
      )}
    </>
  );
}
