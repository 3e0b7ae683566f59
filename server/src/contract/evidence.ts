/** One persisted step as the evidence report prints it. */
export type EvidenceStep = {
  kind: string;
  at: string;
  /** Facts in words, one a line. */
  facts: string[];
  /** Device, browser and network of that step; '' where none was recorded. */
  trace: string;
};

export type EvidenceSigner = {
  role: string;
  name: string;
  /** How identity was checked, in words; '' for staff and committee. */
  verification: string;
  steps: EvidenceStep[];
  signedAt: string | null;
  authority: string;
  certificateSerial: string | null;
  keyLevel: string | null;
};

/** What happened around one signed agreement, from typed rows alone (电子签名法 8: what a court looks at). */
export type EvidenceDocument = {
  demo: boolean;
  courtName: string;
  committeeName: string;
  caseNumber: string;
  versionNumber: number;
  versionId: string;
  textSha256: string;
  baseSha256: string;
  documentSha256: string;
  /** By the token of the platform's certification: no step of the ceremony is older; null when it does not hold. */
  certifiedAt: string | null;
  effectiveAt: string;
  archivedAt: string | null;
  vouching: string;
  signers: EvidenceSigner[];
  audit: {
    events: { seq: string; at: string; action: string; hash: string }[];
    /** The stamped link that stands behind the seal; null while its job has not run. */
    stamp: { seq: string; hash: string; time: string; authority: string } | null;
  };
};
