import type { InkValue } from '../../../ui/signature-pad.tsx';

/** The ink cropped to what was written, thin on white: what the document will show. */
export function ShownBack({ ink, label }: { ink: InkValue; label: string }) {
  const points = ink.strokes.flat().map(([x, y]): [number, number] => [x * ink.width, y * ink.height]);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs) - 8, Math.min(...ys) - 8];
  const [width, height] = [Math.max(...xs) - left + 8, Math.max(...ys) - top + 8];
  return (
    <svg className="shown-back" viewBox={`${left} ${top} ${width} ${height}`} role="img" aria-label={label}>
      {ink.strokes.map((stroke, i) => (
        <polyline
          // biome-ignore lint/suspicious/noArrayIndexKey: strokes have no identity but their order
          key={i}
          points={stroke.map(([x, y]) => `${x * ink.width},${y * ink.height}`).join(' ')}
        />
      ))}
    </svg>
  );
}
