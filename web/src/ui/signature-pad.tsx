import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/index.ts';

export type Strokes = [number, number][][];
export type InkValue = { width: number; height: number; strokes: Strokes };

/**
 * Handwriting by finger, pen or mouse. Points are fractions of the pad, so that turning the phone loses nothing.
 * `onChange` hears the whole ink after every stroke, or null when it is empty.
 */
export function SignaturePad({
  label,
  onChange,
  clearSignal,
}: {
  label: string;
  onChange: (ink: InkValue | null) => void;
  clearSignal: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const strokes = useRef<Strokes>([]);
  const drawing = useRef(false);
  const c = useWords('common');
  const [pen, setPen] = useState<{ x: number; y: number; down: boolean } | null>(null);
  const [, setSize] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `draw` reads refs only
  useEffect(() => {
    if (clearSignal < 0) return;
    strokes.current = [];
    draw();
  }, [clearSignal]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `draw` reads refs only
  useEffect(() => {
    const watcher = new ResizeObserver(() => {
      setSize((n) => n + 1);
      draw();
    });
    if (canvas.current) watcher.observe(canvas.current);
    return () => watcher.disconnect();
  }, []);

  function draw(): void {
    const el = canvas.current;
    const pen = el?.getContext('2d');
    if (!el || !pen) return;
    const { width, height } = el.getBoundingClientRect();
    const ratio = window.devicePixelRatio || 1;
    el.width = width * ratio;
    el.height = height * ratio;
    pen.scale(ratio, ratio);
    pen.lineWidth = 3.2;
    pen.lineCap = 'round';
    pen.lineJoin = 'round';
    pen.strokeStyle = '#14263c';
    for (const stroke of strokes.current) {
      pen.beginPath();
      for (const [i, [x, y]] of stroke.entries()) {
        const next = stroke[i + 1];
        const [px, py] = [x * width, y * height];
        if (i === 0) pen.moveTo(px, py);
        if (next) pen.quadraticCurveTo(px, py, ((x + next[0]) / 2) * width, ((y + next[1]) / 2) * height);
        else pen.lineTo(px, py);
      }
      pen.stroke();
    }
  }

  const point = (event: React.PointerEvent): [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const clamp = (v: number) => Math.min(1, Math.max(0, Math.round(v * 10_000) / 10_000));
    return [clamp((event.clientX - box.left) / box.width), clamp((event.clientY - box.top) / box.height)];
  };

  function finish(): void {
    if (!drawing.current) return;
    drawing.current = false;
    tell();
  }

  function tell(): void {
    const box = canvas.current?.getBoundingClientRect();
    if (!box) return;
    const ink = strokes.current.filter((s) => s.length > 0);
    onChange(
      ink.length > 0
        ? {
            width: Math.max(50, Math.round(box.width)),
            height: Math.max(50, Math.round(box.height)),
            strokes: ink,
          }
        : null,
    );
  }

  /** Arrow keys move the pen, the space bar sets it down and lifts it: slow, and possible. */
  function key(event: React.KeyboardEvent): void {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!move && event.key !== ' ') return;
    event.preventDefault();
    const now = pen ?? { x: 0.2, y: 0.5, down: false };
    const [dx = 0, dy = 0] = move ?? [];
    const at = (v: number) => Math.min(1, Math.max(0, Math.round(v * 10_000) / 10_000));
    const next = { x: at(now.x + dx * 0.02), y: at(now.y + dy * 0.03), down: move ? now.down : !now.down };
    setPen(next);
    if (!next.down) {
      tell();
      return;
    }
    if (move) strokes.current.at(-1)?.push([next.x, next.y]);
    else strokes.current = [...strokes.current, [[next.x, next.y]]];
    draw();
  }

  return (
    <div className="pad-with-keys">
      <div className="pad">
        <div className="guide" />
        {pen && (
          <div
            className={pen.down ? 'pen down' : 'pen'}
            style={{ left: `${pen.x * 100}%`, top: `${pen.y * 100}%` }}
          />
        )}
        <canvas
          ref={canvas}
          role="img"
          aria-label={label}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            drawing.current = true;
            strokes.current = [...strokes.current, [point(event)]];
            draw();
          }}
          onPointerMove={(event) => {
            if (!drawing.current) return;
            strokes.current.at(-1)?.push(point(event));
            draw();
          }}
          onPointerUp={finish}
          onPointerCancel={finish}
        />
      </div>
      <button type="button" className="btn ghost keys" aria-pressed={pen?.down ?? false} onKeyDown={key}>
        {c(pen?.down ? 'penDown' : 'penUp')}
      </button>
    </div>
  );
}
