/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import { Scroll } from './scroll.tsx';

interface TableProps {
  readonly title: string;
  readonly header?: readonly string[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly string[])[];
}

/** A table of texts that scrolls inside the page; one without a header is a list of terms, and wraps. */
export function Table({ title, header, rows }: TableProps): VNode {
  return (
    <Scroll label={title}>
      <table class={header ? undefined : 'terms'}>
        {header && (
          <thead>
            <tr>
              {header.map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr>
              <th scope="row">{name}</th>
              {cells.map((cell) => (
                <td>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** A section of the page that is one table. */
export function TableSection({ id, ...table }: TableProps & { readonly id: string }): VNode {
  return (
    <section id={id}>
      <h2>{table.title}</h2>
      <Table {...table} />
    </section>
  );
}
