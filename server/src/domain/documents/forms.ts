import { type FormBlock, type FormContent, TOTAL_PAGES } from '../../contract/forms.ts';
import { formatDay, formatMoment } from '../dates.ts';
import { shanghaiDay } from '../deadlines.ts';
import { formatYuan } from '../money.ts';

/** What every form of a case needs. Personal values come already masked or in full, as the form asks. */
export type FormFacts = {
  committeeName: string;
  caseNumber: string;
  disputeType: string;
  source: string;
  facts: string;
  requests: string;
  registeredAt: Date;
  mediators: string[];
  recorder: string | null;
  registrar: string | null;
  parties: { name: string; line: string; address: string }[];
  now: Date;
  demo: boolean;
  verifyUrl: string;
};

const wide = [0.22, 0.78];
const row = (label: string, text: string): string[] => [label, text || '—'];

function form(facts: FormFacts, title: string, blocks: FormBlock[], qr = false): FormContent {
  return {
    title,
    number: facts.caseNumber,
    blocks,
    footer: facts.committeeName,
    date: shanghaiDay(facts.now),
    demo: facts.demo,
    qr: qr ? facts.verifyUrl : null,
  };
}
const end = (facts: FormFacts, day = shanghaiDay(facts.now)): FormBlock => ({
  kind: 'end',
  lines: [facts.committeeName, formatDay(day)],
});
const partyRows = (facts: FormFacts): string[][] => facts.parties.map((p) => row('当事人', p.line));

/** 人民调解受理登记表 (司法部 2010 年统一文书格式) */
export function acceptanceForm(facts: FormFacts): FormContent {
  const own = facts.source.includes('主动') || facts.source.includes('上报');
  return form(facts, '人民调解受理登记表', [
    {
      kind: 'table',
      widths: wide,
      rows: [
        row('登记时间', formatMoment(facts.registeredAt)),
        row('纠纷类型', facts.disputeType),
        row(
          '案件来源',
          `${own ? '□' : '√'}当事人申请　${own ? '√' : '□'}人民调解委员会主动调解（${facts.source}）`,
        ),
        ...partyRows(facts),
        row('纠纷简要情况', facts.facts),
        row('当事人请求', facts.requests),
      ],
    },
    { kind: 'signatures', label: '当事人（签名）', names: facts.parties.map((p) => p.name) },
    { kind: 'signatures', label: '登记人（签名）', names: [facts.registrar ?? ''] },
    { kind: 'note', text: '备注：人民调解委员会调解民间纠纷，不收取任何费用（人民调解法第四条）。' },
    end(facts, shanghaiDay(facts.registeredAt)),
  ]);
}

/** 人民调解口头协议登记表 (人民调解法 28 第二款、30) */
export function oralAgreementForm(
  facts: FormFacts,
  oral: { content: string; performed: string; agreedAt: Date },
): FormContent {
  return form(facts, '人民调解口头协议登记表', [
    {
      kind: 'table',
      widths: wide,
      rows: [
        ...partyRows(facts),
        row('纠纷主要事实、争议事项', facts.facts),
        row('口头协议内容', oral.content),
        row('履行方式、时限', oral.performed),
        row('达成时间', formatMoment(oral.agreedAt)),
      ],
    },
    {
      kind: 'paragraph',
      text: '各方当事人认为无需制作调解协议书。口头调解协议自各方当事人达成协议之日起生效（人民调解法第三十条）。',
    },
    { kind: 'signatures', label: '人民调解员（签名）', names: facts.mediators },
    { kind: 'signatures', label: '记录人（签名）', names: [facts.recorder ?? ''] },
    end(facts, shanghaiDay(oral.agreedAt)),
  ]);
}

/** 送达地址确认书 (参照民事诉讼文书样式、在线诉讼规则 29) */
export function serviceAddressForm(
  facts: FormFacts,
  given: {
    name: string;
    electronic: boolean;
    receiver: string;
    address: string;
    phone: string;
    email: string;
    at: Date;
    how: string;
  },
): FormContent {
  const notices = [
    '本人应当如实提供准确的送达地址。送达地址变更的，应当及时告知。',
    '提供的地址不准确、变更后未告知，或者拒绝签收，致使文书未能实际接收的，文书退回之日视为送达之日。',
    '同意电子送达的，文书到达下列电子地址所在系统之日为送达日期（参照《人民法院在线诉讼规则》第三十一条）。',
    '本确认书适用于本案调解；申请司法确认的，同时作为人民法院的送达地址。',
  ];
  return form(facts, '送达地址确认书', [
    { kind: 'heading', text: '告知事项' },
    ...notices.map((text, i): FormBlock => ({ kind: 'paragraph', text: `${i + 1}．${text}` })),
    { kind: 'heading', text: '送达地址' },
    {
      kind: 'table',
      widths: wide,
      rows: [
        row('当事人', given.name),
        row('是否同意电子送达', given.electronic ? '√同意　□不同意' : '□同意　√不同意'),
        row('手机号码', given.phone),
        row('电子邮箱', given.email),
        row('邮寄地址', given.address),
        row('收件人', given.receiver),
      ],
    },
    {
      kind: 'paragraph',
      text: `本人已阅读（听明白）上述告知事项，确认填写的内容准确、有效。${formatMoment(given.at)}${given.how}。`,
    },
    { kind: 'signatures', label: '当事人（签名）', names: [given.name] },
    end(facts, shanghaiDay(given.at)),
  ]);
}

/** What is told to both sides when talks end without an agreement. */
export type Termination = { reason: string; basis: string; at: Date };

/** 终止调解通知书 (人民调解法 17、26), with the ways that stay open */
export function terminationNotice(facts: FormFacts, end_: Termination): FormContent {
  return form(
    facts,
    '终止调解通知书',
    [
      { kind: 'paragraph', text: `${facts.parties.map((p) => p.name).join('、')}：`, flush: true },
      {
        kind: 'paragraph',
        text: `你们之间的${facts.disputeType.replace(/纠纷$/, '')}纠纷，本委员会于${formatDay(shanghaiDay(facts.registeredAt))}受理。因${end_.reason}，依照${end_.basis}，自${formatDay(shanghaiDay(end_.at))}起终止调解。`,
      },
      {
        kind: 'paragraph',
        text: '你们可以依法通过仲裁、行政、司法等途径维护自己的权利（人民调解法第二十六条）。调解中为达成协议所作的让步，不作为今后不利于任何一方的依据。',
      },
      { kind: 'signatures', label: '人民调解员（签名）', names: facts.mediators },
      end(facts, shanghaiDay(end_.at)),
    ],
    true,
  );
}

/** One line of proof of one document's service. */
export type Served = {
  title: string;
  sha256: string;
  name: string;
  channel: string;
  sentAt: Date | null;
  arrivedAt: Date | null;
  readAt: Date | null;
  signedAt: Date | null;
  receivedBy: string | null;
  note: string | null;
};

/** 电子送达凭证 (参照在线诉讼规则 31): address, arrival, reading, hash of what was served */
export function serviceProof(facts: FormFacts, served: Served[]): FormContent {
  const moment = (at: Date | null) => (at ? formatMoment(at) : '—');
  return form(
    facts,
    '电子送达凭证',
    served
      .flatMap((one): FormBlock[] => [
        { kind: 'heading', text: `受送达人：${one.name}` },
        {
          kind: 'table',
          widths: wide,
          rows: [
            row('送达文书', `《${one.title}》1份`),
            row('文书校验值', `SHA-256 ${one.sha256}`),
            row('送达方式', one.channel),
            row('发出、到达时间', `${moment(one.sentAt)}；${moment(one.arrivedAt)}`),
            row('阅知、签收时间', `${moment(one.readAt)}；${moment(one.signedAt)}`),
            ...(one.receivedBy ? [row('代收或者见证', `${one.receivedBy}：${one.note ?? ''}`)] : []),
          ],
        },
      ])
      .concat([
        {
          kind: 'note',
          text: '本凭证由系统根据送达记录生成，仅证明调解文书的送达情况，不是人民法院送达回证。',
        },
        end(facts),
      ]),
    true,
  );
}

/** 人民调解回访记录 (司法部 2010 年统一文书格式) */
export function followUpForm(
  facts: FormFacts,
  visits: { at: Date; way: string; by: string; text: string; performed: boolean }[],
): FormContent {
  return form(facts, '人民调解回访记录', [
    {
      kind: 'table',
      widths: wide,
      rows: [
        row('当事人', facts.parties.map((p) => p.name).join('、')),
        row('调解协议编号', facts.caseNumber),
      ],
    },
    ...visits.flatMap((visit): FormBlock[] => [
      {
        kind: 'table',
        widths: wide,
        rows: [
          row('回访事由', '了解调解协议履行情况'),
          row('回访时间', formatMoment(visit.at)),
          row('回访方式', visit.way),
          row('回访情况', `${visit.text}${visit.performed ? '（协议已全部履行）' : ''}`),
        ],
      },
      { kind: 'signatures', label: '回访人（签名）', names: [visit.by] },
    ]),
    end(facts, shanghaiDay(visits.at(-1)?.at ?? facts.now)),
  ]);
}

/** 履行凭证: what was performed when, as recorded */
export function performanceForm(
  facts: FormFacts,
  items: {
    label: string;
    dueOn: string | null;
    amountFen: number | null;
    status: string;
    at: Date | null;
    note: string;
  }[],
): FormContent {
  return form(facts, '调解协议履行情况登记表', [
    {
      kind: 'table',
      header: true,
      widths: [0.41, 0.21, 0.17, 0.21],
      rows: [
        ['约定内容', '期限', '金额', '履行情况'],
        ...items.map((item) => [
          item.label + (item.note ? `（${item.note}）` : ''),
          item.dueOn ? formatDay(item.dueOn) : '—',
          item.amountFen === null ? '—' : formatYuan(item.amountFen),
          item.at ? `${item.status}\n${formatDay(shanghaiDay(item.at))}` : item.status,
        ]),
      ],
    },
    end(facts),
  ]);
}

/** 卷宗情况说明: what of this volume is paper, what is electronic, and how the originals are found */
export function dossierNote(
  facts: FormFacts,
  originals: { title: string; sha256: string }[],
  absent: string[],
): FormContent {
  return form(facts, '卷宗情况说明', [
    {
      kind: 'paragraph',
      text: '本卷由系统按照人民调解卷宗的归档顺序生成。经电子签名的文书在本卷中以可阅读的页面编入，签名的法律效力以原件为准；原件作为附件嵌入本卷文件，可以逐件取出并在验证页面核对。',
    },
    {
      kind: 'table',
      header: true,
      widths: [0.34, 0.66],
      rows: [['原件', 'SHA-256 校验值'], ...originals.map((o) => [o.title, o.sha256])],
    },
    ...(absent.length > 0
      ? [{ kind: 'paragraph' as const, text: `本案没有下列材料：${absent.join('、')}。` }]
      : []),
    {
      kind: 'paragraph',
      text: '调解员单独谈话的笔记、指导法官的内部意见和未达成的方案，依法不入卷。',
    },
    end(facts),
  ]);
}

/** In place of an uploaded file whose pages cannot be copied into the volume. Its name may hold what no form can show. */
export function notCopied(facts: FormFacts, sha256: string): FormContent {
  return form(facts, '未编入页面的材料', [
    {
      kind: 'paragraph',
      text: '该文件的页面无法复制到本卷，原文件保存在系统中，可以凭校验值核对。',
    },
    { kind: 'table', widths: wide, rows: [row('SHA-256 校验值', sha256)] },
  ]);
}

/** 封面 and 封底 of the volume */
export function dossierCover(
  facts: FormFacts,
  volume: { title: string; mediatedOn: string; filedBy: string; retention: string },
): FormContent {
  return form(facts, '人民调解卷宗', [
    {
      kind: 'table',
      widths: [0.26, 0.74],
      height: 40,
      rows: [
        row('卷名', volume.title),
        row('卷号', facts.caseNumber),
        row('调解员', facts.mediators.join('、')),
        row('调解日期', volume.mediatedOn),
        row('立卷人', volume.filedBy),
        row('立卷日期', formatDay(shanghaiDay(facts.now))),
        row('保管期限', volume.retention),
        row('页数', `本卷共${TOTAL_PAGES}页`),
        row('备注', ''),
      ],
    },
    end(facts),
  ]);
}

export function dossierBack(facts: FormFacts): FormContent {
  return form(facts, '封底', [
    { kind: 'paragraph', text: `本卷自第1页至第${TOTAL_PAGES}页，共${TOTAL_PAGES}页。`, flush: true },
    { kind: 'signatures', label: '立卷人（签名）', names: [''] },
    { kind: 'signatures', label: '检查人（签名）', names: [''] },
    end(facts),
  ]);
}
