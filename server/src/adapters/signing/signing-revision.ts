import type { AgreementFile, FieldState } from './agreement-file.ts';
import { signatureValue, stream } from './certification-revision.ts';
import { buildRevision, type Revision } from './pdf-revision.ts';
import { dict, isDict, name, number, numberOf, PdfSyntaxError, type PdfValue, ref } from './pdf-syntax.ts';

/**
 * The revision of one signature: the field with /V and its new appearance, the appearance, the signature
 * value still empty; nothing else. At the seal, FieldMDP repeats the lock that the base prescribes.
 */
export function signingRevision(input: {
  agreement: AgreementFile;
  fieldName: string;
  /** Content operators; paths only. */
  appearance: string;
  /** PDF date, `D:…`. */
  claimed: string;
  room: number;
}): Revision {
  const { file, manifest, fields } = input.agreement;
  const required = manifest.fields.find((one) => one.name === input.fieldName);
  const field = fields.get(input.fieldName);
  if (required === undefined || field === undefined) throw new PdfSyntaxError('no such field');
  const [width, height] = sizeOf(field);
  const [signature, appearance] = [file.size, file.size + 1];
  const form = {
    Type: name('XObject'),
    Subtype: name('Form'),
    BBox: [0, 0, width, height].map(number),
    Resources: dict({}),
  };
  const filled = new Map([...field.value, ...dict({ AP: dict({ N: ref(appearance) }), V: ref(signature) })]);
  const value = signatureValue({ name: required.signerName, role: required.role, claimed: input.claimed });
  const lock = file.resolve(field.value.get('Lock'));
  if (isDict(lock)) value.set('Reference', [fieldLock(lock.get('Fields') ?? null, file.rootNumber)]);
  return buildRevision(
    file,
    [{ number: field.number, value: filled }, stream(appearance, form, input.appearance)],
    {
      number: signature,
      value,
      room: input.room,
    },
  );
}

/** Width and height of a field's rectangle in points. */
export function sizeOf(field: FieldState): [width: number, height: number] {
  const rect = field.value.get('Rect');
  const [left = 0, bottom = 0, right = 0, top = 0] = Array.isArray(rect)
    ? rect.map((one) => numberOf(one) ?? 0)
    : [];
  return [right - left, top - bottom];
}

const PATH_TOKEN = /^(?:-?\d{1,7}(?:\.\d{1,3})?|[qQwJjmlchSf]|RG|rg)$/;
/** States that may stand saved at once (ISO 32000-1 annex C). */
const MAX_SAVED = 28;

/**
 * True when an appearance only draws paths in plain colours: no text, image, state or nested form. Each `Q` takes back
 * a `q` of its own: one more would take the field's clip and place away in readers that keep one pile for the page.
 */
export function drawsPathsOnly(content: string): boolean {
  if (content.length > 2_000_000) return false;
  let saved = 0;
  for (const token of content.split(/[ \n]/)) {
    if (!PATH_TOKEN.test(token)) return false;
    if (token === 'q') saved += 1;
    if (token === 'Q') saved -= 1;
    if (saved < 0 || saved > MAX_SAVED) return false;
  }
  return saved === 0;
}

function fieldLock(fields: PdfValue, root: number): PdfValue {
  return dict({
    Type: name('SigRef'),
    TransformMethod: name('FieldMDP'),
    TransformParams: dict({
      Type: name('TransformParams'),
      Action: name('Include'),
      Fields: fields,
      V: name('1.2'),
    }),
    Data: ref(root),
  });
}
