import sharp from 'sharp';
import type { PaperScansInput } from '../../ports/documents.ts';
import { openSheet } from './kit.ts';

/** 纸质签署的人民调解协议书: the photographed pages in order, one a page, under each the hash of the file it came from. */
export async function drawPaperScans(input: PaperScansInput): Promise<Uint8Array> {
  const sheet = openSheet({
    title: `人民调解协议书（纸质签署） ${input.caseNumber}`,
    date: input.date,
    footer: input.committeeName,
    demo: input.demo,
    qr: null,
  });
  sheet.note(
    `本件为当事人手写签名、人民调解委员会盖章的纸质调解协议书照片，已由 ${input.checkedBy.join('、')} 与定稿逐页核对一致。`,
  );
  let number = 0;
  const total = input.scans.reduce((sum, scan) => sum + scan.pictures.length, 0);
  for (const { sha256, pictures } of input.scans) {
    for (const picture of pictures) {
      number += 1;
      sheet.note(`第 ${number} 张，共 ${total} 张；原始文件 SHA-256：${sha256}`);
      // Opaque: PDF/A knows no transparent photograph.
      const jpeg = await sharp(picture).flatten({ background: '#fff' }).jpeg({ quality: 85 }).toBuffer();
      sheet.picture(jpeg, `纸质调解协议书第 ${number} 张照片`);
    }
  }
  return sheet.finish();
}
