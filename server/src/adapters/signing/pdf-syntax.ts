/** Values of PDF (ISO 32000-1 7.3). Numbers keep their text, so that writing back changes nothing. */
export type PdfValue =
  | null
  | boolean
  | { kind: 'number'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'string'; bytes: Uint8Array }
  | { kind: 'ref'; number: number }
  | PdfValue[]
  | PdfDict;
export type PdfDict = Map<string, PdfValue>;

export class PdfSyntaxError extends Error {}

export const name = (value: string): PdfValue => ({ kind: 'name', name: value });
export const number = (value: number): PdfValue => ({ kind: 'number', text: trimNumber(value) });
export const ref = (value: number): PdfValue => ({ kind: 'ref', number: value });
export const dict = (entries: Record<string, PdfValue>): PdfDict => new Map(Object.entries(entries));
/** An ASCII string. */
export const ascii = (value: string): PdfValue => ({ kind: 'string', bytes: Buffer.from(value, 'latin1') });
/** A text string in UTF-16BE with its mark (7.9.2.2), which every reader shows rightly in Chinese. */
export const text = (value: string): PdfValue => ({
  kind: 'string',
  bytes: Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(value, 'utf16le').swap16()]),
});

/** At most three decimals, no exponent, no trailing zeros: the same text on every machine. */
export function trimNumber(value: number): string {
  if (!Number.isFinite(value)) throw new PdfSyntaxError('number expected');
  const fixed = value.toFixed(3).replace(/\.?0+$/, '');
  return fixed === '-0' ? '0' : fixed;
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const isName = (value: PdfValue | undefined, expected: string): boolean => nameOf(value) === expected;

/** A name's text; undefined for anything else. */
export function nameOf(value: PdfValue | undefined): string | undefined {
  return isKind(value, 'name') ? value.name : undefined;
}

/** A string's bytes; undefined for anything else. */
export function bytesOf(value: PdfValue | undefined): Uint8Array | undefined {
  return isKind(value, 'string') ? value.bytes : undefined;
}

/** A number; undefined for anything else. */
export function numberOf(value: PdfValue | undefined): number | undefined {
  return isKind(value, 'number') ? Number(value.text) : undefined;
}

/** The object number of a reference; undefined for anything else. */
export function refOf(value: PdfValue | undefined): number | undefined {
  return isKind(value, 'ref') ? value.number : undefined;
}

type Tagged = Exclude<PdfValue, null | boolean | PdfValue[] | PdfDict>;
function isKind<K extends Tagged['kind']>(
  value: PdfValue | undefined,
  kind: K,
): value is Extract<Tagged, { kind: K }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind;
}

/** Writes a value, always in the same bytes for the same value. */
export function write(value: PdfValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(write).join(' ')}]`;
  if (isDict(value))
    return `<<${[...value].map(([key, one]) => `\n${writeName(key)} ${write(one)}`).join('')}\n>>`;
  if (value.kind === 'number') return value.text;
  if (value.kind === 'name') return writeName(value.name);
  if (value.kind === 'ref') return `${value.number} 0 R`;
  return `<${Buffer.from(value.bytes).toString('hex')}>`;
}

/** Characters outside the regular ones are escaped (7.3.5). */
const writeName = (value: string): string =>
  `/${value.replace(/[^!"$&'*+,\-.0-9:;=?@A-Z\\^_`a-z|~]/g, (one) => `#${one.charCodeAt(0).toString(16).padStart(2, '0')}`)}`;
