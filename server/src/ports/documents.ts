import type { AgreementDocument } from '../contract/agreement-document.ts';
import type { ApplicationDocument } from '../contract/confirmation.ts';
import type { EvidenceDocument } from '../contract/evidence.ts';
import type { FormContent } from '../contract/forms.ts';
import type { RecordDocument } from '../contract/record.ts';
import type { Vouching } from '../contract/vouching.ts';
import type { SignatureField } from './signing.ts';

export type NoticeInput = {
  committeeName: string;
  caseNumber: string;
  parties: string[];
  date: Date;
  demo: boolean;
};

export type ServiceReceiptInput = NoticeInput & {
  documents: { title: string; copies: number }[];
  receivers: { name: string; address: string }[];
  verifyUrl: string;
};

export type PaperScansInput = Omit<NoticeInput, 'parties'> & {
  /** One photographed file: SHA-256 of its bytes, and its page or pages as JPEG, PNG or WebP. */
  scans: { sha256: string; pictures: Uint8Array[] }[];
  checkedBy: string[];
};

/** One entry of the volume's contents, with everything that belongs to it in order. */
export type DossierPart = { title: string; files: { kind: 'pdf' | 'picture'; bytes: Uint8Array }[] };

export type DossierInput = {
  title: string;
  date: Date;
  demo: boolean;
  footer: string;
  parts: DossierPart[];
  /** In both TOTAL_PAGES stands for the number of pages of the whole volume. */
  cover: FormContent;
  back: FormContent;
  /** Signed files as they are, embedded beside their pages. */
  originals: { name: string; bytes: Uint8Array }[];
};

/** A character by itself and as `U+20BB7`: some cannot be seen. */
export type Undrawable = { character: string; code: string };

/** Draws the documents of a case. Equal input gives equal bytes. Throws CHARACTER_NOT_DRAWABLE by name. */
export type Documents = {
  /** 人民调解协议书 with one place per signer. */
  drawAgreement(
    document: AgreementDocument,
    options: { verifyUrl: string; vouching: Vouching },
  ): Promise<{ pdf: Uint8Array; fields: SignatureField[] }>;
  /** 司法确认申请书: both sides are applicants; one place for each. */
  drawApplication(
    document: ApplicationDocument,
    options: { verifyUrl: string; vouching: Vouching },
  ): Promise<{ pdf: Uint8Array; fields: SignatureField[] }>;
  /** The same text for signing by hand: no fields. */
  drawPaperAgreement(document: AgreementDocument, options: { verifyUrl: string }): Promise<Uint8Array>;
  /** 权利义务告知书 */
  drawNotice(input: NoticeInput): Promise<Uint8Array>;
  /** 文书签收单 (never the court's 送达回证) */
  drawServiceReceipt(input: ServiceReceiptInput): Promise<Uint8Array>;
  /** 人民调解记录 or 无争议事实记载表, confirmed by everybody. */
  drawRecord(document: RecordDocument): Promise<Uint8Array>;
  /** The agreement that was signed by hand: its photographed pages in order, each with the hash of its file. */
  drawPaperScans(input: PaperScansInput): Promise<Uint8Array>;
  /** 电子签名证据报告 */
  drawEvidence(document: EvidenceDocument): Promise<Uint8Array>;
  /** Any form of the committee from its data. */
  drawForm(content: FormContent): Promise<Uint8Array>;
  /** Pages of several files in one, signature fields drawn in. */
  joinPages(files: Uint8Array[]): Promise<Uint8Array>;
  /** The volume in archive order with bookmarks, contents and page numbers. */
  bindDossier(input: DossierInput): Promise<Uint8Array>;
  /** An unsigned draft for word processors (docx); never a signed text. */
  draftAsWord(content: FormContent): Promise<Uint8Array>;
  /** CHARACTER_NOT_DRAWABLE by name for what no document could show: asked when text is typed. */
  checkText(text: string): void;
  /** The first character of the text that no document could show; null when there is none. */
  undrawable(text: string): Undrawable | null;
  /** A stranger's PDF as bare pages in a new file, made outside this process. FILE_UNREADABLE, FILE_TOO_COMPLEX. */
  plainPages(pdf: Uint8Array): Promise<Uint8Array>;
  /** Pictures of the pages (PNG), made outside the event loop. */
  renderPages(pdf: Uint8Array, options: { widthPx: number }): Promise<Uint8Array[]>;
};
