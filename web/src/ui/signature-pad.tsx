import { useEffect, useRef, useState } from 'react';

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

  function finish(event: React.PointerEvent): void {
    if (!drawing.current) return;
    drawing.current = false;
    const box = event.currentTarget.getBoundingClientRect();
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

  return (
    <div className="pad">
      <div className="guide" />
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
  );
}
