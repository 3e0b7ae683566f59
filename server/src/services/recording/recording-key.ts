import { DomainError } from '../../domain/errors.ts';
import type { Deps } from '../context.ts';

type Keyed = { id: string; courtId: string; keyEnc: Uint8Array | null };

/** The recording's own key. NOT_FOUND once it was deleted. */
export function recordingKey(deps: Pick<Deps, 'cipher'>, { id, courtId, keyEnc }: Keyed): Buffer {
  if (!keyEnc) throw new DomainError('NOT_FOUND');
  const at = { courtId, table: 'Recording', rowId: id, column: 'keyEnc' };
  return Buffer.from(deps.cipher.decrypt(at, keyEnc), 'base64');
}
