import { drawAgreement } from '../../server/src/adapters/pdf/agreement.ts';
import { sampleAgreement, sampleVouching } from '../factories/documents.ts';
import { median } from './pdf-draw.ts';
import type { Row } from './run.ts';

const COUNT = 1000;
const SETTLED = 100;

/**
 * Memory and speed of drawing 1,000 agreements in a row on one thread: resident memory once it has settled beside the last
 * hundred's (the ratio says whether it grows), agreements a second as a row of its own.
 */
export async function pdfMemory(): Promise<Row[]> {
  const document = sampleAgreement();
  const resident: number[] = [];
  const started = performance.now();
  for (let i = 0; i < COUNT; i += 1) {
    await drawAgreement(
      { ...document, caseNumber: `（2025）禾岸人调字第${i}号` },
      { verifyUrl: 'http://127.0.0.1:3000/verify', vouching: sampleVouching },
    );
    resident.push(process.memoryUsage.rss() / 1_048_576);
  }
  const seconds = (performance.now() - started) / 1000;
  const settled = median(resident.slice(SETTLED, 2 * SETTLED));
  const value = median(resident.slice(-SETTLED));
  return [
    {
      name: 'pdf.memory_1000',
      kind: 'ratio',
      value,
      unit: 'MB',
      reference: settled,
      ratio: value / settled,
      note: `median resident memory of the last ${SETTLED} of ${COUNT} over that of the second ${SETTLED}; flat is about 1`,
    },
    {
      name: 'pdf.throughput',
      kind: 'absolute',
      value: COUNT / seconds,
      unit: 'agreements/s',
      reference: null,
      ratio: null,
      note: `${COUNT} in a row on one thread`,
    },
  ];
}
