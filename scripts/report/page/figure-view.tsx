/** @jsxRuntime automatic @jsxImportSource preact */
import type { VNode } from 'preact';
import { draw, type Figure, type LegendEntry } from '../figures/canvas.ts';
import { PALETTE } from '../palette.ts';

/** A figure with its title, legend and caption, drawn for a desk and for a phone. */
export function FigureView({ figure, level = 3 }: { figure: Figure; level?: 3 | 4 }): VNode {
  const { wide, narrow } = draw(figure);
  const Title = `h${level}` as const;
  return (
    <figure id={figure.id} class={figure.half ? 'half' : 'full'}>
      <Title>{figure.title}</Title>
      {figure.legend && <Legend entries={figure.legend} />}
      <Drawn class="wide" svg={wide} />
      <Drawn class="narrow" svg={narrow} hidden />
      <figcaption>{figure.caption}</figcaption>
    </figure>
  );
}

/** An SVG that Plot has made; linkedom's serialiser has escaped its texts. */
function Drawn({ svg, ...rest }: { svg: string; class: string; hidden?: boolean }): VNode {
  return <div {...rest} dangerouslySetInnerHTML={{ __html: svg }} />;
}

function Legend({ entries }: { entries: readonly LegendEntry[] }): VNode {
  return (
    <ul class="legend">
      {entries.map(({ name, color, shape }) => (
        <li>
          <svg width="22" height="10" aria-hidden="true">
            {shape === 'area' ? (
              <rect width="22" height="10" class={`f-${color}`} fill={PALETTE[color].light} />
            ) : (
              <path
                d="M0 5h22"
                class={`s-${color}`}
                stroke={PALETTE[color].light}
                stroke-width="2"
                stroke-dasharray={shape === 'dashed' ? '3 3' : undefined}
              />
            )}
          </svg>{' '}
          {name}
        </li>
      ))}
    </ul>
  );
}
