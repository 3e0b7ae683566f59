import type { FormBlock, FormContent } from '../../contract/forms.ts';
import { ordinal } from '../agreement/term-text.ts';
import { formatDay } from '../dates.ts';

export type RulingFacts = {
  courtName: string;
  /** （2025）浙0299民特31号; null where the application was rejected before it was docketed. */
  number: string | null;
  applicants: { name: string; line: string }[];
  acceptedOn: string | null;
  disputeType: string;
  agreedOn: string;
  committeeName: string;
  agreementNumber: string;
  clauses: string[];
  judge: string;
  /** Shanghai calendar day of the ruling. */
  on: string;
  demo: boolean;
};

/**
 * 民事裁定书 on an application for confirmation (民事诉讼文书样式: 确认调解协议有效用、驳回申请用; wording from memory, not
 * checked against a printed original). A text for reading: the court's own file bears its seal, and the foot says so.
 */
export function rulingForm(
  facts: RulingFacts,
  ruling: { ruling: 'CONFIRM' } | { ruling: 'REJECT'; reason: string },
): FormContent {
  const names = facts.applicants.map((a) => `申请人${a.name}`).join('与');
  const agreement = `${facts.agreementNumber}《人民调解协议书》`;
  const valid = ruling.ruling === 'CONFIRM';
  const blocks: FormBlock[] = [
    ...facts.applicants.map((a): FormBlock => ({ kind: 'paragraph', text: `申请人：${a.line}。` })),
    {
      kind: 'paragraph',
      text: `${names}申请司法确认调解协议一案，本院${facts.acceptedOn ? `于${formatDay(facts.acceptedOn)}受理后` : ''}进行了审查。现已审查终结。`,
    },
    {
      kind: 'paragraph',
      text: `${names}因${facts.disputeType.replace(/纠纷$/, '')}纠纷，于${formatDay(facts.agreedOn)}经${facts.committeeName}主持调解，达成${agreement}，内容如下：`,
    },
    ...facts.clauses.map((text, i): FormBlock => ({ kind: 'paragraph', text: `${ordinal(i + 1)}、${text}` })),
    {
      kind: 'paragraph',
      text: valid
        ? '本院经审查认为，申请人达成的调解协议，符合司法确认调解协议的法定条件。依照《中华人民共和国民事诉讼法》第二百零六条规定，裁定如下：'
        : `本院经审查认为，${ruling.reason.replace(/[。；;.]+$/, '')}，不符合司法确认调解协议的法定条件。依照《中华人民共和国民事诉讼法》第二百零六条、《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十八条规定，裁定如下：`,
    },
    {
      kind: 'paragraph',
      text: valid ? `${names}于${formatDay(facts.agreedOn)}达成的${agreement}有效。` : `驳回${names}的申请。`,
    },
    {
      kind: 'paragraph',
      text: valid
        ? '当事人应当按照调解协议的约定自觉履行义务。一方当事人拒绝履行或者未全部履行的，对方当事人可以向人民法院申请执行。'
        : '当事人可以通过调解方式变更原调解协议或者达成新的调解协议，也可以向人民法院提起诉讼。',
    },
    { kind: 'end', lines: [`审判员　${facts.judge}`, formatDay(facts.on)] },
    {
      kind: 'note',
      text: '本页由系统按裁定内容生成，供当事人阅读；加盖人民法院印章的裁定书，以人民法院送达的为准。对裁定有异议的，当事人应当自收到之日起十五日内、利害关系人自知道或者应当知道其民事权益受到侵害之日起六个月内，向作出裁定的人民法院提出（民诉法解释第三百七十二条）。',
    },
  ];
  return {
    title: '民事裁定书',
    number: facts.number ?? '',
    blocks,
    footer: `${facts.courtName}　裁定文本`,
    date: facts.on,
    demo: facts.demo,
    qr: null,
  };
}
