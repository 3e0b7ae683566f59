import { drawAgreement } from '../../server/src/adapters/pdf/agreement.ts';
import { drawApplication } from '../../server/src/adapters/pdf/application.ts';
import { withTotal } from '../../server/src/adapters/pdf/dossier.ts';
import { drawForm } from '../../server/src/adapters/pdf/form.ts';
import { drawNotice, drawServiceReceipt } from '../../server/src/adapters/pdf/notices.ts';
import { drawRecord } from '../../server/src/adapters/pdf/record.ts';
import type { AgreementDocument } from '../../server/src/contract/agreement-document.ts';
import type { ApplicationDocument } from '../../server/src/contract/confirmation.ts';
import { Term } from '../../server/src/contract/terms.ts';
import { termText } from '../../server/src/domain/agreement/term-text.ts';
import {
  acceptanceForm,
  dossierBack,
  dossierCover,
  dossierNote,
  type FormFacts,
  followUpForm,
  oralAgreementForm,
  performanceForm,
  serviceAddressForm,
  serviceProof,
  terminationNotice,
} from '../../server/src/domain/documents/forms.ts';
import { c1Terms } from './draft.ts';

const at = (time: string) => new Date(`2025-03-${time}:00+08:00`);
const verifyUrl = 'http://127.0.0.1:3000/verify';
export const sampleVouching = { identity: 'DEMO', time: 'INSTALLATION', provider: null } as const;
const vouching = sampleVouching;

/** C1's agreement (domain-forms C). */
export function sampleAgreement(): AgreementDocument {
  const [chen, zhou] = ['018f0000-0000-7000-8000-000000000001', '018f0000-0000-7000-8000-000000000002'];
  const party = (id: string, name: string, age: number) => ({
    id,
    kind: 'PERSON' as const,
    name,
    sex: '男',
    ethnicity: '汉族',
    age,
    occupation: '农民',
    phone: '139****2222',
    address: '明州区云桥镇禾岸村3组',
    idNumberMasked: '330299********0017',
    creditCode: null,
    representative: null,
    guardian: null,
    agents: [],
  });
  const parties = [party(chen, '陈阿根', 67), party(zhou, '周建波', 42)];
  const signer = (role: 'party' | 'mediator' | 'recorder' | 'committee', name: string, personId: string) => ({
    role,
    name,
    personId,
    partyId: role === 'party' ? personId : null,
  });
  return {
    format: 1,
    title: '人民调解协议书',
    demo: true,
    courtName: '明州区人民法院云桥法庭',
    committeeName: '禾岸村人民调解委员会',
    stationName: '禾岸村共享法庭',
    caseNumber: '（2025）禾岸人调字第12号',
    versionId: chen,
    versionNumber: 1,
    parties,
    facts: '周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损，双方对漏水原因和损失金额有争议。',
    disputed: '',
    terms: c1Terms(chen, zhou).map((shape) => {
      const block = Term.parse(shape);
      return { text: termText(block, parties), block };
    }),
    performance: '按上述各项约定的方式和时限履行。',
    copies: 3,
    date: '2025-03-10',
    basis: '人民调解法第28、29、31条',
    medium: 'ELECTRONIC',
    signers: [
      signer('party', '陈阿根', chen),
      signer('party', '周建波', zhou),
      signer('mediator', '赵素琴', chen),
      signer('recorder', '方慧', zhou),
      signer('committee', '禾岸村人民调解委员会', chen),
    ],
  };
}

/** C1's joint application, both sides with their full numbers. */
export function sampleApplication(): ApplicationDocument {
  const agreed = sampleAgreement();
  const [chen, zhou] = agreed.parties;
  const one = (p: (typeof agreed.parties)[number], birthDate: string, idNumber: string) => ({
    id: p.id,
    kind: p.kind,
    name: p.name,
    sex: p.sex,
    birthDate,
    ethnicity: p.ethnicity,
    address: p.address,
    idNumber,
    phone: '13911112222',
    creditCode: null,
    representative: null,
    representativeTitle: null,
    agents: [],
  });
  if (!chen || !zhou) throw new Error('two parties');
  return {
    format: 1,
    title: '司法确认申请书',
    demo: true,
    courtName: '明州区人民法院',
    committeeName: agreed.committeeName,
    caseNumber: agreed.caseNumber,
    versionId: agreed.versionId,
    versionNumber: 2,
    parties: [one(chen, '1958-01-15', '330299195801150019'), one(zhou, '1983-06-20', '330299198306200035')],
    agreedOn: '2025-03-10',
    agreementSha256: 'a1'.repeat(32),
    request: `确认申请人陈阿根与申请人周建波于2025年3月10日达成的${agreed.caseNumber}《人民调解协议书》有效。`,
    facts: '2025年3月10日，申请人陈阿根与申请人周建波经禾岸村人民调解委员会主持调解，达成如下调解协议：',
    clauses: agreed.terms.map((term) => term.text),
    performance: agreed.performance,
    pledge:
      '申请人出于解决纠纷的目的自愿达成协议，没有恶意串通、规避法律的行为；如果因为该协议内容而给他人造成损害的，愿意承担相应的民事责任和其他法律责任。',
    attachments: [
      '调解协议',
      '调解组织主持调解的证明',
      '申请人身份证明、资格证明',
      '相关财产权利证明等材料',
      '送达地址确认书',
    ],
    date: '2025-03-12',
    basis: '人民调解法第33条、民事诉讼法第205条',
    medium: 'ELECTRONIC',
    signers: [chen, zhou].map((p) => ({ role: 'party', name: p.name, personId: p.id, partyId: p.id })),
  };
}

/** What C1's forms share. */
export const sampleFacts: FormFacts = {
  committeeName: '禾岸村人民调解委员会',
  caseNumber: '（2025）禾岸人调字第12号',
  disputeType: '相邻纠纷',
  source: '网格员上报',
  facts: '周建波二楼卫生间渗漏，致陈阿根一楼厨房顶面和墙面受损。',
  requests: '修复防水，赔偿损失。',
  registeredAt: at('04T09:12'),
  mediators: ['赵素琴'],
  recorder: '方慧',
  registrar: '方慧',
  parties: [
    {
      name: '陈阿根',
      line: '陈阿根，男，汉族，农民，330299********0019，明州区云桥镇禾岸村3组12号',
      address: '禾岸村3组12号',
    },
    {
      name: '周建波',
      line: '周建波，男，汉族，个体，330299********0035，139****2222，明州区云桥镇禾岸村3组5号',
      address: '禾岸村3组5号',
    },
  ],
  now: at('31T16:00'),
  demo: true,
  verifyUrl,
};

/** Every document of the kit, unsigned, with C1's data. */
export async function sampleDocuments(): Promise<Record<string, Uint8Array>> {
  const facts = sampleFacts;
  const notice = {
    committeeName: facts.committeeName,
    caseNumber: facts.caseNumber,
    parties: facts.parties.map((p) => p.name),
    date: facts.registeredAt,
    demo: true,
  };
  const served = {
    title: '人民调解协议书',
    sha256: 'b2'.repeat(32),
    name: '周建波',
    channel: '短信链接',
    sentAt: at('10T15:12'),
    arrivedAt: at('10T15:12'),
    readAt: at('10T15:20'),
    signedAt: null,
    receivedBy: null,
    note: null,
  };
  const forms = {
    acceptance: acceptanceForm(facts),
    oral: oralAgreementForm(facts, {
      content: '周建波当场向陈阿根赔偿200元。',
      performed: '已当场付清。',
      agreedAt: at('10T14:40'),
    }),
    address: serviceAddressForm(facts, {
      name: '周建波',
      electronic: true,
      receiver: '周建波',
      address: '明州区云桥镇禾岸村3组5号',
      phone: '13911112222',
      email: '',
      at: at('05T10:00'),
      how: '由本人在线确认',
    }),
    termination: terminationNotice(facts, {
      reason: '各方分歧较大，调解不成',
      basis: '《中华人民共和国人民调解法》第二十六条',
      at: at('28T10:00'),
    }),
    proof: serviceProof(facts, [
      served,
      { ...served, name: '陈阿根', channel: '站点当面', signedAt: at('10T15:15') },
    ]),
    'follow-up': followUpForm(facts, [
      {
        at: at('31T15:00'),
        way: '电话',
        by: '方慧',
        text: '双方均表示防水已修好、余款已收到。',
        performed: true,
      },
    ]),
    performance: performanceForm(facts, [
      {
        label: '修复二楼卫生间防水',
        dueOn: '2025-03-17',
        amountFen: null,
        status: '已履行',
        at: at('16T10:00'),
        note: '',
      },
      {
        label: '余款',
        dueOn: '2025-03-31',
        amountFen: 280_000,
        status: '已履行',
        at: at('31T10:00'),
        note: '转账',
      },
    ]),
    'dossier-cover': withTotal(
      dossierCover(facts, {
        title: '陈阿根 与 周建波 · 相邻纠纷',
        mediatedOn: '2025年3月10日',
        filedBy: '方慧',
        retention: '长期',
      }),
      18,
    ),
    'dossier-note': dossierNote(facts, [{ title: '人民调解协议书', sha256: 'c3'.repeat(32) }], ['身份证明']),
    'dossier-back': withTotal(dossierBack(facts), 18),
  };
  const drawn: Record<string, Uint8Array> = {
    agreement: (await drawAgreement(sampleAgreement(), { verifyUrl, vouching })).pdf,
    application: (await drawApplication(sampleApplication(), { verifyUrl, vouching })).pdf,
    notice: await drawNotice(notice),
    receipt: await drawServiceReceipt({
      ...notice,
      documents: [{ title: '人民调解协议书', copies: 1 }],
      receivers: facts.parties.map((p) => ({ name: p.name, address: p.address })),
      verifyUrl,
    }),
    record: await drawRecord(sampleRecord()),
    rare: await drawNotice({ ...notice, parties: ['陈𠮷根', '周𪚥𫝆'] }),
  };
  for (const [name, content] of Object.entries(forms)) drawn[name] = await drawForm(content);
  return drawn;
}

function sampleRecord(): Parameters<typeof drawRecord>[0] {
  const person = { key: 'p1', duty: 'PARTY' as const, name: '陈阿根' };
  return {
    content: {
      kind: 'TALKS',
      demo: true,
      caseNumber: sampleFacts.caseNumber,
      committeeName: sampleFacts.committeeName,
      startedAt: at('10T14:00').toISOString(),
      readAt: at('10T14:52').toISOString(),
      places: [{ place: '禾岸村共享法庭', people: ['陈阿根', '方慧'] }],
      parties: ['陈阿根', '周建波'],
      others: [],
      judges: ['林一鸣'],
      mediators: ['赵素琴'],
      recorder: '方慧',
      rights: { at: at('10T13:58').toISOString(), reader: '赵素琴', language: '宁波话' },
      lines: [],
      gaps: [],
      result: 'AGREED',
      reason: '',
      reader: '方慧',
      language: '宁波话',
      people: [person],
    } as unknown as Parameters<typeof drawRecord>[0]['content'],
    objections: [],
    words: [{ ...person, way: 'OWN_SCREEN', note: '', at: at('10T14:55').toISOString() }],
    contentSha256: 'd4'.repeat(32),
    finalSha256: 'e5'.repeat(32),
    confirmedAt: at('10T14:56').toISOString(),
  } as Parameters<typeof drawRecord>[0];
}
