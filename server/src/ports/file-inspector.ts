/** What an uploaded file turned out to be, by its content alone. */
export type InspectedFile = {
  mime: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/heic' | 'application/pdf';
  /** File-name extension that fits the content, without dot. */
  extension: 'jpg' | 'png' | 'webp' | 'heic' | 'pdf';
  pages: number;
  /** WebP without metadata, at most 1600 px a side; of a PDF its first page. */
  picture: Uint8Array;
};

/**
 * Parses files that strangers send. FILE_TYPE_REFUSED for other kinds and files of two kinds at once,
 * FILE_UNREADABLE for damaged ones, FILE_TOO_COMPLEX past a limit (pixels, pages, expansion, time, memory).
 */
export type FileInspector = {
  inspect(bytes: Uint8Array): Promise<InspectedFile>;
  /** Lines of a photographed thumbprint, from the `picture` of an inspected file; null when nothing can be made out. */
  tracePrint(picture: Uint8Array): Promise<TracedPrint | null>;
  /** The ink of a seal's picture, from the `picture` of an inspected file; null when no seal can be made out. */
  traceSeal(picture: Uint8Array): Promise<TracedSeal | null>;
};
/** Rows of dark runs, 0..1 of a field of `width` × `height`; `line` is a row's height in those units. */
export type TracedPrint = { width: number; height: number; strokes: [number, number][][]; line: number };
/** Runs of ink (row, from, to; pixels of a field of `width` × `height`, upper left) and its mean colour (0..255). */
export type TracedSeal = {
  width: number;
  height: number;
  colour: [red: number, green: number, blue: number];
  runs: [row: number, from: number, to: number][];
};
