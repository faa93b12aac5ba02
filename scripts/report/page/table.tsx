/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import { Scroll } from './scroll.tsx';

interface TableProps {
  readonly title: string;
  readonly header?: readonly string[];
  /** The first cell of each row names it. */
  readonly rows: readonly (readonly string[])[];
}

/** A number with its unit, or that there is none. */
const NUMBER = /^(?:[≥<>+−] ?)?[\d.,]+(?:%| ?[a-z]+)?(?:\/s)?$|^(?:none|not known|)$/;

/** A column of numbers is aligned to the right. */
function classesOf(rows: TableProps['rows']): (string | undefined)[] {
  const [, ...columns] = rows[0] ?? [];
  return columns.map((_, index) => {
    const cells = rows.map((row) => row[index + 1] ?? '');
    return cells.some((cell) => /\d/.test(cell)) && cells.every((cell) => NUMBER.test(cell)) ? 'number' : undefined;
  });
}

/** A table of texts that scrolls inside the page; one without a header is a list of terms, and wraps. */
export function Table({ title, header, rows }: TableProps): VNode {
  const classes = header === undefined ? [] : classesOf(rows);
  return (
    <Scroll label={title}>
      <table class={header ? undefined : 'terms'}>
        {header && (
          <thead>
            <tr>
              {header.map((name, index) => (
                <th scope="col" class={classes[index - 1]}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(([name, ...cells]) => (
            <tr>
              <th scope="row">{name}</th>
              {cells.map((cell, index) => (
                <td class={classes[index]}>{cell}</td>
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
