import { join } from 'node:path';
import { openJavaTool } from './java-tool.ts';

const kit = join(import.meta.dirname, 'eu-dss');

/** What EU DSS says of each signature of a file; `error` when it could not read it at all. */
export type DssReport = {
  file: string;
  error?: string;
  signatures: {
    indication: string;
    subIndication: string;
    level: string;
    signedBy: string;
    errors: string[];
    warnings: string[];
  }[];
  /** Indication of every time stamp that some signature rests on. */
  stamps: string[];
};

/** EU DSS 6.3 under the committed strict policy; null where it cannot be had. */
export function openEuDss(): ((trust: string, files: string[]) => Promise<DssReport[]>) | null {
  const validate = openJavaTool<DssReport>(kit, { name: 'eu-dss-6.3', jars: 30, flags: ['-Xmx1g'] });
  return validate && ((trust, files) => validate([trust, join(kit, 'strict-policy.xml'), ...files]));
}
