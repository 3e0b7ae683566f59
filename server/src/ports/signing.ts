import type { Vouching } from '../contract/vouching.ts';
import type { TracedSeal } from './file-inspector.ts';

/**
 * Roles that sign an agreement, in the order of signing. The platform's certification comes before all
 * and is not one of them.
 */
export type SigningRole = 'party' | 'agent' | 'mediator' | 'recorder' | 'committee';

/** One signature field that will exist in the base and must be filled. `name` is unique in the file. */
export type SignatureField = {
  name: string;
  role: SigningRole;
  /** Name as printed, e.g. 陈阿根; for the committee its full name. */
  signerName: string;
  /** Opaque id of the person (or committee) in our database. */
  personId: string;
  /** Zero-based page and rectangle in PDF points, origin at the lower left. */
  page: number;
  rect: { x: number; y: number; width: number; height: number };
};

/**
 * A stroke is a list of points, each [x, y] in 0..1 of the signature pad, origin at the upper left. `line`: width of the
 * strokes in pad units where it matters (a thumbprint's rows); else that of a pen.
 */
export type Ink = { width: number; height: number; strokes: [number, number][][]; line?: number };

/** What the certified base says about itself; every later signature covers it. Hashes are lower-case hex. */
export type AgreementManifest = {
  /** 2: a document time stamp must stand behind the last signature (PAdES B-LTA). */
  format: 1 | 2;
  demo: boolean;
  courtId: string;
  courtName: string;
  caseNumber: string;
  versionId: string;
  /** SHA-256 of the RFC 8785 JSON of the text; every signer signs it as an attribute. */
  textSha256: string;
  /** Exactly the signatures that must be there. Order: parties and agents, mediator, recorder, committee. */
  fields: { name: string; role: SigningRole; signerName: string; personId: string }[];
};

/** What a one-time certificate binds (a signed private extension). */
export type CertificateSubject = {
  courtId: string;
  courtName: string;
  caseNumber: string;
  personId: string;
  name: string;
  role: SigningRole;
  /** How identity was checked, a code such as `ID_CARD_ON_SITE` or `SMS_CODE+ID_CARD_ATTESTED`. */
  verification: string;
  /** SHA-256 (hex) of the certified base revision, as `certifyBase` returned it. */
  baseSha256: string;
};

/** A certificate ready for signing: DER, its intermediates (nearest first, no root) and plain facts. */
export type IssuedCertificate = {
  certificate: Uint8Array;
  chain: Uint8Array[];
  /** Lower-case hex. */
  serial: string;
  notBefore: Date;
  notAfter: Date;
};

/** A court as certificates name it. */
export type CourtName = { courtId: string; courtName: string };

/** The court and committee whose lasting seal key is used. */
export type SealCommittee = CourtName & {
  committeeId: string;
  committeeName: string;
};

/** A committee's registered electronic seal (GB/T 38540), checked. Hashes are lower-case hex. */
export type RegisteredSeal = {
  /** The seal's own number (esID). */
  sealId: string;
  /** The organisation's name, as the seal's data say it. */
  name: string;
  /** Common name of the seal maker's certificate. */
  maker: string;
  /** Of the whole container. */
  sha256: string;
  createdAt: Date;
  validFrom: Date;
  validTo: Date;
  /** SHA-256 of each certificate whose key may set the seal, or the digest that the container names. */
  holders: string[];
  /** PNG or JPEG, as it came: not yet looked at. */
  picture: Uint8Array;
  widthMm: number;
  heightMm: number;
};
/** A seal's picture as runs of ink, with its size on paper. */
export type SealImage = TracedSeal & { widthMm: number; heightMm: number };

/** A revision that waits for its signature. Plain JSON, so that it can be stored as it is. */
export type PreparedSignature = {
  fieldName: string;
  /** SHA-256 (hex) of the file that this revision extends; another head means prepare again. */
  headSha256: string;
  /** The appended bytes with an empty signature, base64. */
  revision: string;
  /** Where in the whole file the empty signature stands. */
  gap: { start: number; end: number };
  /** SHA-256 (hex) over the byte range: the message digest that the signer signs. */
  digest: string;
};

/** A finished signature: the whole new file and what the database keeps of it. */
export type SignedRevision = {
  pdf: Uint8Array;
  /** SHA-256 (hex) of `pdf`. */
  sha256: string;
  fieldName: string;
  /** From the time-stamp token, never from our clock. */
  signedAt: Date;
  /** DER of the token and the subject of the authority that made it. */
  token: Uint8Array;
  tokenAuthority: string;
};

/**
 * genuine: ours, complete, unchanged. incomplete: sound, but required signatures are missing. changed: ours,
 * but something does not hold. unknown: no certification by a trusted root. unreadable: not a PDF we can parse.
 */
export type Verdict = 'genuine' | 'incomplete' | 'changed' | 'unknown' | 'unreadable';

/** What is checked of each signature. */
export type CheckCode =
  | 'BYTE_RANGE' // covers the file from 0 to its revision's end, all but the hex of Contents
  | 'DIGEST' // message digest of exactly those bytes, SHA-256 or better
  | 'SIGNATURE' // verifies with the certificate's key
  | 'CERTIFICATE_REFERENCE' // the signed ESS attribute names this certificate
  | 'CHAIN' // leads to a signer root, valid at the token's time
  | 'BINDING' // certificate names field's role, person, court, case and base
  | 'TEXT' // signed attribute carries the hash of the agreement's text
  | 'TIMESTAMP' // token over this signature value, from a time-stamp root
  | 'ENCODING' // the CMS is the only possible encoding, zero padding behind it
  | 'REVOCATION' // archived lists show that no certificate of the chain was revoked then
  | 'REVISION'; // nothing changed but what this signature may change

/** Why a file as a whole is not genuine. */
export type ProblemCode =
  | 'NOT_A_PDF'
  | 'NOT_OURS'
  | 'STRUCTURE' // cross references, revisions or manifest do not hold together
  | 'CHECK_FAILED' // a signature's check failed
  | 'SIGNATURE_MISSING'
  | 'SEAL_MISSING'
  | 'ARCHIVE_MISSING' // no document time stamp behind the last signature
  | 'ARCHIVE' // long-term data or a document time stamp does not hold
  | 'CERTIFICATE_REUSED'
  | 'ORDER' // signed in an order that the rules exclude
  | 'TIME_ORDER' // a token predates the one before
  | 'AFTER_SEAL' // something was added after the seal
  | 'UNKNOWN_FIELD' // a signature in a field that the base does not require
  | 'TRAILING_BYTES';

export type VerifiedSignature = {
  field: string;
  role: SigningRole | 'platform';
  name: string;
  /** From the token; null when it does not hold. */
  time: Date | null;
  /** Readable subject of the certificate; '' when it cannot be read. */
  certificate: string;
  /** How identity was checked, from the certificate; '' for platform and committee. */
  verification: string;
  checks: { code: CheckCode; ok: boolean }[];
  ok: boolean;
};

/** A document time stamp: it keeps all signatures before it provable when their authorities are gone. */
export type VerifiedStamp = {
  field: string;
  /** From the token; null when it does not hold. */
  time: Date | null;
  /** Readable subject of the authority; '' when it cannot be read. */
  authority: string;
  checks: { code: CheckCode; ok: boolean }[];
  ok: boolean;
};

export type VerificationReport = {
  verdict: Verdict;
  /** The file comes from a demonstration: without legal effect. */
  demo: boolean;
  problems: { code: ProblemCode; field?: string }[];
  /** Null unless the certified base could be read and is ours. */
  manifest: AgreementManifest | null;
  /** SHA-256 (hex) of the certified base; null like `manifest`. */
  baseSha256: string | null;
  /** The platform's certification first, then in the order of signing. */
  signatures: VerifiedSignature[];
  /** Document time stamps, oldest first; empty while the file is not archived (PAdES B-T). */
  stamps: VerifiedStamp[];
  /** Who vouches for identity and time by the weakest signature and token; null unless the file is ours. */
  vouching: Vouching | null;
  /** Time of the last required token when genuine (人民调解法 29: effect); null otherwise. */
  effectiveAt: Date | null;
};

/** A page as it was then and as it is now (WebP), and where the two differ, in fractions from the upper left. */
export type PagePictures = {
  pages: {
    page: number;
    /** Null when there was, or is, no such page. */
    signed: Uint8Array | null;
    now: Uint8Array | null;
    areas: { x: number; y: number; width: number; height: number }[];
  }[];
  /** Pages beyond the limit, which are not drawn. */
  leftOut: number;
};

/** A revoked certificate: serial in lower-case hex as `IssuedCertificate` has it. */
export type RevokedCertificate = {
  serial: string;
  at: Date;
  reason: 'keyCompromise' | 'affiliationChanged' | 'superseded';
};

/** An archived file (PAdES B-LTA). */
export type ArchivedFile = {
  pdf: Uint8Array;
  /** SHA-256 (hex) of `pdf`. */
  sha256: string;
  /** Time of the document time stamp. */
  archivedAt: Date;
  /** Until when it can be checked without another one: the end of its authority's certificate. */
  validUntil: Date;
  token: Uint8Array;
  tokenAuthority: string;
};

/** An additional signature by national algorithms, beside the PDF: ordinary readers do not validate SM2. */
export type Sm2Evidence = {
  format: 1;
  algorithm: 'SM2-with-SM3';
  signerId: string;
  /** RFC 8785 JSON that is signed, byte for byte; `documentSm3` names the file. */
  statement: string;
  /** Uncompressed point, hex. */
  publicKey: string;
  /** DER, base64. */
  signature: string;
};
export type Sm2Signer = {
  /** SM3 of bytes, lower-case hex. */
  sm3(bytes: Uint8Array): string;
  /** The court's public key, which a verifier must be given. */
  publicKeyPem(court: CourtName): Promise<string>;
  sign(court: CourtName, statement: string): Promise<Sm2Evidence>;
};

/** What is known of one certificate of the built-in authority. */
export type KnownStatus = { state: 'good' } | { state: 'unknown' } | { state: 'revoked'; at: Date };

/** Revocation lists (RFC 5280), OCSP answers (RFC 6960) and issuers' certificates, all DER. */
export type CertificateStatus = {
  /** A court's list, made now. UNAVAILABLE where its intermediate is not installed. */
  courtList(court: CourtName, revoked: RevokedCertificate[]): Promise<Uint8Array>;
  rootList(root: 'signer' | 'timestamp'): Promise<Uint8Array>;
  courtCertificate(court: CourtName): Promise<Uint8Array>;
  rootCertificate(root: 'signer' | 'timestamp'): Promise<Uint8Array>;
  /** Serials (lower-case hex) of the lasting certificates: the platform's and these committees'. */
  lastingSerials(court: CourtName, committees: { id: string; name: string }[]): Promise<string[]>;
  /** An OCSP answer by the court's intermediate; a malformed request gets malformedRequest, never an exception. */
  ocsp(
    court: CourtName,
    request: Uint8Array,
    lookUp: (serials: string[]) => Promise<KnownStatus[]>,
  ): Promise<Uint8Array>;
};

/** Everything the services need of the signing kit. Bytes in, bytes out: no database, no clock of ours. */
export type Signing = {
  demo: boolean;
  /** Who vouches for what is signed here. */
  vouching: Vouching;
  /** PEM of the self-signed roots a verifier must trust: signer root and time-stamp root. */
  trustPem(): string;
  /**
   * Adds exactly these fields and the manifest to a drawn PDF and certifies it (DocMDP P=2).
   * `sha256` of the result is what certificates bind. Throws TIMESTAMP_UNAVAILABLE, DRAFT_INVALID.
   */
  certifyBase(input: {
    pdf: Uint8Array;
    fields: SignatureField[];
    manifest: Omit<AgreementManifest, 'format' | 'demo' | 'fields'>;
  }): Promise<{ pdf: Uint8Array; sha256: string; certifiedAt: Date }>;
  /** Checks a PKCS#10 request (possession, P-256) and issues a one-time certificate. CERTIFICATE_INVALID. */
  issueCertificate(input: { csr: Uint8Array; subject: CertificateSubject }): Promise<IssuedCertificate>;
  /** Builds the revision that a person's signature will complete. ALREADY_SIGNED, NOT_FOUND, BAD_REQUEST. */
  prepareSignature(input: {
    head: Uint8Array;
    fieldName: string;
    ink: Ink;
    certificate: Uint8Array;
    chain: Uint8Array[];
    /** The signer's claimed time (/M); the attested one is the token's. */
    claimedTime: Date;
  }): Promise<PreparedSignature>;
  /**
   * Checks the device's answer (DER SET of signed attributes, DER ECDSA signature), time-stamps it, embeds
   * both, verifies the written file. SIGNATURE_INVALID, CERTIFICATE_INVALID, HEAD_MOVED, TIMESTAMP_UNAVAILABLE.
   */
  completeSignature(input: {
    head: Uint8Array;
    prepared: PreparedSignature;
    certificate: Uint8Array;
    chain: Uint8Array[];
    signedAttributes: Uint8Array;
    signature: Uint8Array;
  }): Promise<SignedRevision>;
  /** Reads and checks a seal's container (SES_Seal) by the makers that the operator named. SEAL_INVALID with the reason. */
  readSeal(container: Uint8Array): RegisteredSeal;
  /**
   * The committee's seal with its lasting key, in its registered image; a demonstration without one draws its own.
   * NOT_YOUR_TURN while a signature is missing, SEAL_NOT_REGISTERED without an image elsewhere.
   */
  sealField(input: {
    head: Uint8Array;
    fieldName: string;
    committee: SealCommittee;
    image?: SealImage;
    claimedTime: Date;
  }): Promise<SignedRevision>;
  /**
   * Adds long-term data (certificates, revocation lists made after the last token) and a document time stamp to a
   * file with all its signatures; on an archived file, renews it. NOT_YOUR_TURN, TIMESTAMP_UNAVAILABLE.
   */
  archive(input: { head: Uint8Array; revoked: RevokedCertificate[] }): Promise<ArchivedFile>;
  /** Time-stamps any SHA-256 digest (the audit chain's heads). TIMESTAMP_UNAVAILABLE, TIME_UNTRUSTED. */
  stampDigest(digest: Uint8Array): Promise<{ token: Uint8Array; time: Date; authority: string }>;
  /** What a token over this digest says; null when it does not hold. */
  readStamp(token: Uint8Array, digest: Uint8Array): { time: Date; authority: string } | null;
  /** National algorithms for courts that ask for them; null where they are switched off. */
  sm2: Sm2Signer | null;
  /** What the outside may ask about certificates of the built-in authority. */
  status: CertificateStatus;
  /**
   * Judges any bytes, in a thread with limits of its own. FILE_TOO_COMPLEX past them, RATE_LIMITED when too many wait;
   * nothing else is thrown for what is in the file.
   */
  verify(pdf: Uint8Array): Promise<VerificationReport>;
  /**
   * What was visible when this field was signed (null: in the last state that holds) beside what a reader shows now,
   * drawn in a process with limits of its own. Null when no beginning of the file holds or this field is not signed in
   * it. FILE_TOO_COMPLEX, FILE_UNREADABLE, RATE_LIMITED.
   */
  pictures(pdf: Uint8Array, field: string | null): Promise<PagePictures | null>;
};
