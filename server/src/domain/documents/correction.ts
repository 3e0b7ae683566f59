import type { FormContent } from '../../contract/forms.ts';
import { formatDay, formatMoment } from '../dates.ts';
import { shanghaiDay } from '../deadlines.ts';
import type { FormFacts } from './forms.ts';

export type CorrectionFacts = {
  /** What is corrected, as it is called, with the SHA-256 (hex) of its bytes. */
  title: string;
  sha256: string;
  was: string;
  corrected: string;
  reason: string;
  proposedBy: string;
  words: { name: string; handedOver: boolean; at: Date }[];
  at: Date;
};

/** 补正书: a paper of its own that names the document it corrects; that document stays byte for byte as it is. */
export function correctionForm(facts: FormFacts, one: CorrectionFacts): FormContent {
  return {
    title: '补正书',
    number: facts.caseNumber,
    blocks: [
      {
        kind: 'paragraph',
        text: `${facts.parties.map((p) => p.name).join('、')}之间的${facts.disputeType.replace(/纠纷$/, '')}纠纷一案，${facts.caseNumber}《${one.title}》有笔误，各方当事人同意补正如下：`,
      },
      {
        kind: 'table',
        widths: [0.22, 0.78],
        rows: [
          ['原文', `“${one.was}”`],
          ['补正为', `“${one.corrected}”`],
          ['理由', one.reason],
          ['被补正的文书', `《${one.title}》\nSHA-256 ${one.sha256}`],
        ],
      },
      {
        kind: 'paragraph',
        text: '本补正书只更正文字笔误，不改变当事人的权利义务。原文书不作改动，与本补正书一并使用。',
      },
      {
        kind: 'table',
        header: true,
        widths: [0.28, 0.42, 0.3],
        rows: [
          ['当事人', '确认方式', '时间'],
          ...one.words.map((word) => [
            word.name,
            word.handedOver ? '本人在站点屏幕上同意补正' : '本人在自己的设备上同意补正',
            formatMoment(word.at),
          ]),
        ],
      },
      { kind: 'signatures', label: '人民调解员（签名）', names: [one.proposedBy] },
      { kind: 'end', lines: [facts.committeeName, formatDay(shanghaiDay(one.at))] },
    ],
    footer: facts.committeeName,
    date: shanghaiDay(one.at),
    demo: facts.demo,
    qr: null,
  };
}
