import { TextField } from '../../ui/index.tsx';

/** Four to eight digits, never shown. */
export function PinField({
  label,
  value,
  onChange,
  problem,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem?: string | undefined;
}) {
  return (
    <TextField
      label={label}
      type="password"
      inputMode="numeric"
      autoComplete="off"
      maxLength={8}
      value={value}
      onChange={(next) => onChange(next.replace(/\D/g, ''))}
      problem={problem}
    />
  );
}
