/** One block of a form, from the top of the page down. */
export type FormBlock =
  | { kind: 'paragraph'; text: string; flush?: true }
  | { kind: 'heading'; text: string }
  /** Shares of the column, 1 in all; the first row is bold when `header` says so. */
  | { kind: 'table'; widths: number[]; rows: string[][]; header?: true; height?: number }
  /** One line a person to sign on. */
  | { kind: 'signatures'; label: string; names: string[] }
  /** Right-aligned, at the end: the body and the day. */
  | { kind: 'end'; lines: string[] }
  | { kind: 'note'; text: string };

/** A form of the committee, as data: the drawing kit knows no form by name. Equal data gives equal bytes. */
export type FormContent = {
  title: string;
  /** Case number, right-aligned under the title; empty for none. */
  number: string;
  blocks: FormBlock[];
  /** Small print at every page's foot. */
  footer: string;
  /** Shanghai calendar day. */
  date: string;
  demo: boolean;
  /** Address of /verify for the QR code, or null. */
  qr: string | null;
};

/** In a volume's cover and back: the number of its pages, known once it is bound. No typed text can hold it. */
export const TOTAL_PAGES = '\uE000';
