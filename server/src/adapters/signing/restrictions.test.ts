import { expect, test } from 'vitest';
import { openPdf } from './pdf-file.ts';
import { bytesOf, isDict, type PdfDict, type PdfValue } from './pdf-syntax.ts';
import { FIELDS, openSample, signSample } from './sample-agreement.fixture.ts';

test('the platform certifies P=2 (only signing allowed); the seal locks every other field by name (ISO 32000-1, 12.8.2)', async () => {
  const { kit, close } = await openSample();
  const { pdf } = await signSample(kit);
  await close();
  const file = openPdf(pdf);
  const dictOf = (value: PdfValue | undefined): PdfDict => {
    const resolved = value === undefined ? null : file.resolve(value);
    if (!isDict(resolved)) throw new Error('dictionary expected');
    return resolved;
  };
  const references = (signature: PdfDict): PdfDict[] => {
    const list = file.resolve(signature.get('Reference') ?? null);
    return Array.isArray(list) ? list.map((one) => dictOf(one)) : [];
  };
  const text = (value: PdfValue | undefined) =>
    JSON.stringify(value, (_, one) => (one instanceof Map ? [...one] : one));

  const platform = dictOf(dictOf(file.catalog().get('Perms')).get('DocMDP'));
  const [certified] = references(platform);
  expect(text(certified?.get('TransformMethod'))).toContain('DocMDP');
  expect(text(dictOf(certified?.get('TransformParams')).get('P'))).toContain('2');

  const form = dictOf(file.catalog().get('AcroForm'));
  const fields = file.resolve(form.get('Fields') ?? null);
  const all = (Array.isArray(fields) ? fields : []).map((one) => dictOf(one));
  const named = (name: string) =>
    all.find((one) => Buffer.from(bytesOf(one.get('T')) ?? []).toString('latin1') === name);
  for (const { name, role } of FIELDS) {
    const signed = references(dictOf(named(name)?.get('V')));
    if (role !== 'committee') {
      expect(signed).toEqual([]);
      continue;
    }
    const params = dictOf(signed[0]?.get('TransformParams'));
    expect(text(signed[0]?.get('TransformMethod'))).toContain('FieldMDP');
    expect(text(params.get('Action'))).toContain('Include');
    const locked = params.get('Fields');
    const names = (Array.isArray(locked) ? locked : []).map((one) =>
      Buffer.from(bytesOf(one) ?? []).toString('latin1'),
    );
    expect(names).toEqual(FIELDS.filter((one) => one.role !== 'committee').map((one) => one.name));
  }
});
