import type { DisputeType } from '../../contract/enums.ts';

/** Dispute types as forms and titles name them. */
export const typeNames: Record<DisputeType, string> = {
  NEIGHBOURS: '相邻纠纷',
  LOAN: '民间借贷',
  WAGES: '劳务报酬',
  DAMAGES: '损害赔偿',
  LEASE: '租赁纠纷',
  FAMILY_MONEY: '家庭财产',
  FAMILY_STATUS: '婚姻家庭',
  UTILITIES: '公用事业服务',
  PROPERTY_MANAGEMENT: '物业纠纷',
  CONSUMER: '消费纠纷',
  OTHER: '其他纠纷',
};
