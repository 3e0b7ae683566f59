import type { DisputeType } from '../../../contract/enums.ts';
import type { DraftTermShape } from '../../../contract/terms.ts';
import type { TemplateBody } from '../../../contract/wording.ts';
import { A, act, allDue, apology, costs, numbered, other, pay, waiver } from './blocks.ts';

const settled = '上述义务履行完毕后，双方就本次纠纷再无其他争议，互不追究。';
const body = (disputed: string, ...terms: DraftTermShape[]): TemplateBody => ({
  disputed,
  performance: '',
  terms: numbered(terms),
});

const general = body(
  '双方各自应当承担的责任，履行的内容、金额和期限。',
  pay('支付{申请人}款项'),
  act({ standard: '＿＿', acceptedBy: '{申请人}' }),
  waiver(settled),
);

/**
 * What came with the program for each kind of dispute: version 0 of its template. ＿＿ is to be filled in and keeps a
 * text from being frozen. Sources beside the lines; a court edits its own version.
 */
export const builtInTemplates: Record<DisputeType, TemplateBody> = {
  // 民法典 288 (相邻关系原则), 296 (用水、通行等避免损害), 581 (替代履行), 1165 (侵权赔偿)
  NEIGHBOURS: body(
    '渗漏（妨碍）的原因和范围，修复的方式、标准和费用，{申请人}损失的金额。',
    act({
      what: '对＿＿（部位）进行修复，消除渗漏（妨碍）',
      standard: '修复完成后经48小时闭水试验{申请人}房屋内无渗漏',
      remedy: '{申请人}可以委托他人修复，所需合理费用由{被申请人}承担',
    }),
    pay('赔偿{申请人}财产损失'),
    other(
      '双方今后在用水、排水、通行、通风、采光等方面，按照有利生产、方便生活、团结互助、公平合理的原则相互提供便利。',
    ),
    waiver(settled),
  ),
  // 民法典 667, 675, 676 (借款、还款期限、逾期利息); 民间借贷规定 25, 28 (利率上限、逾期利率)
  LOAN: body(
    '借款本金、已归还的金额，利息的约定和计算方法。',
    pay('归还{申请人}借款本金'),
    allDue(
      '{被申请人}逾期还款的，自逾期之日起以未还本金为基数，按逾期时一年期贷款市场报价利率计付逾期利息，至付清之日止。',
    ),
    other('{申请人}在收到全部款项之日起三日内向{被申请人}出具收条，并退还借条（借款合同）原件。'),
    waiver(settled),
  ),
  // 劳动法 50, 劳动合同法 30, 保障农民工工资支付条例 11 (货币形式支付给本人)
  WAGES: body(
    '提供劳务的期间、工作量和报酬标准，已支付和尚欠的金额。',
    pay('支付{申请人}劳务报酬'),
    allDue(),
    other('上述劳务报酬以货币形式通过银行转账支付给{申请人}本人，不以实物或者有价证券抵付。'),
  ),
  // 民法典 1165, 1179 (人身损害赔偿范围), 179 (赔礼道歉)
  DAMAGES: body(
    '事发经过和各方的责任，各项损失的项目和金额。',
    pay('赔偿{申请人}医疗费、护理费、交通费、误工费等各项损失'),
    apology('当面口头'),
    waiver(
      '上述款项付清后，{申请人}就本次事件已经发生的损失不再向{被申请人}提出其他赔偿要求；签署本协议时尚不能预见的后续治疗和伤残损失不在此限。',
    ),
  ),
  // 民法典 703, 722 (支付租金), 733 (返还租赁物)
  LEASE: body(
    '租赁合同是否解除、租金和其他费用的结算，房屋的返还和押金。',
    other('双方确认，双方之间的房屋租赁合同于＿＿年＿＿月＿＿日解除。'),
    act({
      what: '腾空并返还租赁房屋和钥匙，结清租赁期间的水、电、燃气等费用',
      standard: '房屋内无遗留物品，附属设施除正常损耗外完好',
      acceptedBy: '双方到场交接并签署交接单',
      remedy: '自逾期之日起至实际返还之日止，按原租金标准支付房屋占有使用费',
    }),
    pay('支付{申请人}所欠租金'),
    other('押金人民币＿＿元抵扣上述应付款项后的余额，在房屋交接当日退还。'),
    waiver(settled),
  ),
  // 电子签名法 3: only money, nothing of personal status
  FAMILY_MONEY: body(
    '款项的性质和金额，返还的期限和方式。',
    pay('返还{申请人}款项'),
    allDue(),
    other('本协议只处理双方之间的金钱给付，不涉及婚姻、收养、继承等人身关系。'),
    waiver(settled),
  ),
  FAMILY_STATUS: general,
  UTILITIES: general,
  // 民法典 942 (物业服务人义务), 944 (业主支付物业费)
  PROPERTY_MANAGEMENT: body(
    '物业服务的内容和质量，所欠物业服务费的期间和金额。',
    pay('支付{申请人}＿＿年＿＿月至＿＿年＿＿月的物业服务费'),
    act({
      actorId: A,
      what: '对＿＿（公共部位或者设施）进行维修',
      standard: '恢复正常使用',
      acceptedBy: '{被申请人}',
      costBorneBy: '{申请人}按物业服务合同约定的资金来源',
      remedy: '{被申请人}可以就受影响的部分要求减少相应期间的物业服务费',
    }),
    other('{申请人}收到上述款项后，不再主张此前逾期交费的违约金。'),
    waiver(settled),
  ),
  // 消费者权益保护法 24 (退货、更换、修理，运输等必要费用由经营者承担), 52
  CONSUMER: body(
    '商品或者服务的质量是否符合约定，退货、更换、修理的责任和损失的金额。',
    act({
      actorId: A,
      what: '将商品（名称、型号：＿＿）退还{被申请人}',
      standard: '主要部件和附件齐全',
      acceptedBy: '{被申请人}当场',
      remedy: '{被申请人}的退款期限相应顺延',
    }),
    pay('退还{申请人}价款'),
    costs('退货的运输费'),
    waiver(settled),
  ),
  OTHER: general,
};
