import {
  type ButtonHTMLAttributes,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { ApiError } from '../api/client.ts';
import { listMark, useWords } from '../i18n/index.ts';

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: 'primary' | 'seal' | 'ghost' | 'plain';
  big?: boolean;
  wide?: boolean;
  /** Words shown while the work runs; the button is off meanwhile. */
  busy?: string | false | undefined;
};

/** The one button. Vermilion (`seal`) only for the seal and for what cannot be undone. */
export function Button({
  look = 'plain',
  big,
  wide,
  busy,
  className = '',
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) {
  const classes = ['btn', look === 'plain' ? '' : look, big ? 'big' : '', wide ? 'wide' : '', className]
    .filter(Boolean)
    .join(' ');
  return (
    <button
      type={type}
      className={classes}
      disabled={disabled || Boolean(busy)}
      aria-busy={Boolean(busy)}
      {...rest}
    >
      {busy || children}
    </button>
  );
}

export function Card({
  children,
  className = '',
  label,
}: {
  children: ReactNode;
  className?: string;
  label?: string;
}) {
  return (
    <section className={`card ${className}`} aria-label={label}>
      {children}
    </section>
  );
}

const tagIcons = { ok: '✓', warn: '!', seal: '■', info: '●' } as const;

/** State in icon and word: colour alone says nothing. */
export function Tag({ kind = 'info', children }: { kind?: keyof typeof tagIcons; children: ReactNode }) {
  return (
    <span className={`tag ${kind === 'info' ? '' : kind}`}>
      <span aria-hidden="true">{tagIcons[kind]}</span>
      {children}
    </span>
  );
}

type FieldProps = {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  children: (props: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ReactNode;
};

/** A label, its control, a hint and what is wrong with it. */
export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const about = hint || problem ? `${id}-about` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        ...(about ? { 'aria-describedby': about } : {}),
        ...(problem ? { 'aria-invalid': true } : {}),
      })}
      {about && (
        <span id={about} className={problem ? 'problem small' : 'muted small'}>
          {problem ?? hint}
        </span>
      )}
    </div>
  );
}

type TextFieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  problem?: string | undefined;
  type?: string;
  inputMode?: 'numeric' | 'tel' | 'decimal' | 'text';
  autoComplete?: string;
  rows?: number;
  maxLength?: number;
  disabled?: boolean;
};

export function TextField({ label, value, onChange, hint, problem, rows, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(props) =>
        rows ? (
          <textarea
            {...props}
            rows={rows}
            value={value}
            onChange={(e) => onChange(e.target.value)}
            maxLength={rest.maxLength}
            disabled={rest.disabled}
          />
        ) : (
          <input {...props} {...rest} value={value} onChange={(e) => onChange(e.target.value)} />
        )
      }
    </Field>
  );
}

export function SelectField({
  label,
  value,
  onChange,
  options,
  hint,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: { value: string; label: string }[];
  hint?: string;
}) {
  return (
    <Field label={label} hint={hint}>
      {(props) => (
        <select {...props} value={value} onChange={(e) => onChange(e.target.value)}>
          {options.map((o) => (
            <option key={o.value} value={o.value}>
              {o.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** A large row to choose, for fingers. */
export function Choice({
  type,
  name,
  checked,
  onChange,
  children,
}: {
  type: 'radio' | 'checkbox';
  name?: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="choice">
      <input type={type} name={name} checked={checked} onChange={(e) => onChange(e.target.checked)} />
      <span className="grow">{children}</span>
    </label>
  );
}

/** A native dialog: focus, Escape and background are the browser's; a finger has the cross. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const c = useWords('common');
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    // The title is read first, not the button that closes.
    dialog?.querySelector('h2')?.focus();
    return () => dialog?.close();
  }, []);
  return (
    <dialog ref={ref} aria-labelledby={id} onClose={onClose}>
      <div className="col">
        <div className="dialog-title">
          <h2 id={id} className="grow" tabIndex={-1}>
            {title}
          </h2>
          <Button look="ghost" aria-label={c('close')} title={c('close')} onClick={onClose}>
            ×
          </Button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** The server's refusal as a sentence that says what to do, with its number for asking back. */
export function ErrorNotice({ error, children }: { error: unknown; children?: ReactNode }) {
  const t = useWords('errors');
  const c = useWords('common');
  if (!error) return null;
  const known = error instanceof ApiError ? error : null;
  const code = known?.code ?? 'INTERNAL';
  const details = known
    ? Object.fromEntries(
        Object.entries(known.details).map(([k, v]) => [k, Array.isArray(v) ? v.join(listMark()) : String(v)]),
      )
    : {};
  const basis = known?.details.basis;
  return (
    <div className="notice seal" role="alert" data-code={code}>
      <div>{t(code, details)}</div>
      {children}
      {typeof basis === 'string' && <div className="small">{basis}</div>}
      {known?.requestId && <div className="small">{c('requestId', { id: known.requestId.slice(0, 8) })}</div>}
    </div>
  );
}

/** No spinner without words. */
export function Waiting({ children }: { children: ReactNode }) {
  return (
    <p className="muted" role="status">
      {children}
    </p>
  );
}

export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="col muted">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** 第 4 步，共 5 步 */
export function Steps({ now, total }: { now: number; total: number }) {
  const t = useWords('common');
  return (
    <div className="col">
      <strong>{t('stepOf', { now, total })}</strong>
      <div className="steps" aria-hidden="true">
        {Array.from({ length: total }, (_, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the marks have no identity but their place
          <span key={i} className={i < now ? 'done' : ''} />
        ))}
      </div>
    </div>
  );
}

export function Tabs({
  tabs,
  start,
  onChoose,
}: {
  tabs: { key: string; label: string; content: ReactNode }[];
  /** Open first, instead of the first one. */
  start?: string | undefined;
  onChoose?: (key: string) => void;
}) {
  const [chosen, choose] = useState(start ?? tabs[0]?.key ?? '');
  const id = useId();
  const current = tabs.find((tab) => tab.key === chosen) ?? tabs[0];
  const open = (key: string) => {
    choose(key);
    onChoose?.(key);
  };
  // One stop for the Tab key; arrows go from tab to tab (WAI-ARIA, tabs pattern).
  const byArrow = (event: KeyboardEvent) => {
    const at = tabs.findIndex((tab) => tab.key === current?.key);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
    open(next.key);
    document.getElementById(`${id}-${next.key}`)?.focus();
  };
  return (
    <div>
      <div className="tabs" role="tablist" onKeyDown={byArrow}>
        {tabs.map((tab) => (
          <button
            key={tab.key}
            id={`${id}-${tab.key}`}
            type="button"
            role="tab"
            aria-selected={tab.key === current?.key}
            aria-controls={`${id}-panel`}
            tabIndex={tab.key === current?.key ? 0 : -1}
            onClick={() => open(tab.key)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${current?.key}`}>
        {current?.content}
      </div>
    </div>
  );
}
