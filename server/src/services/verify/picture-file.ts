import type { VerifyPictures } from '../../contract/verify.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Deps } from '../context.ts';

/**
 * What was visible when this field was signed beside what a reader shows now; without a field, the last state that
 * holds. For anybody who has the file: nothing is kept, nothing is looked up. NOT_FOUND when the file has no such state.
 */
export async function pictureFile(
  deps: Deps,
  bytes: Uint8Array,
  field: string | null,
): Promise<VerifyPictures> {
  const pictures = await deps.signing.pictures(bytes, field);
  if (pictures === null) throw new DomainError('NOT_FOUND');
  const encode = (picture: Uint8Array | null) =>
    picture === null ? null : `data:image/webp;base64,${Buffer.from(picture).toString('base64')}`;
  return {
    leftOut: pictures.leftOut,
    pages: pictures.pages.map(({ page, signed, now, areas }) => ({
      page,
      signed: encode(signed),
      now: encode(now),
      areas,
    })),
  };
}
