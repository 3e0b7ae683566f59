import { useState } from 'react';
import { TextField } from '../../ui/index.tsx';
import { capitals, fenOf, yuanOf } from './money.ts';

type Props = {
  label: string;
  fen: number;
  onChange: (fen: number) => void;
  disabled: boolean;
  /** Shown while there is no amount. */
  hint?: string;
  withCapitals?: boolean;
};

/** An amount as people type it, kept in 分; in capitals beneath. */
export function Amount({ label, fen, onChange, disabled, hint, withCapitals }: Props) {
  const [typed, type] = useState<string | null>(null);
  // What somebody else wrote meanwhile is shown, unless it is what stands here in other figures.
  const shown = typed !== null && fenOf(typed) === fen ? typed : yuanOf(fen);
  const [wrong, setWrong] = useState<string | null>(null);
  const below = withCapitals && fen > 0 ? capitals(fen) : fen === 0 ? hint : undefined;
  return (
    <TextField
      label={label}
      inputMode="decimal"
      value={wrong ?? shown}
      disabled={disabled}
      {...(below ? { hint: below } : {})}
      onChange={(next) => {
        const parsed = fenOf(next);
        setWrong(parsed === null ? next : null);
        type(next);
        if (parsed !== null) onChange(parsed);
      }}
    />
  );
}
