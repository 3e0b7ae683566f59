import * as z from 'zod';
import { Duty, FlagResult } from './enums.ts';

/** Signs at which a person looks before anybody signs (domain.md section 6); none of them decides anything. */
export const FlagCode = z.enum([
  'INTEREST_OVER_CAP', // 利息超过法定上限
  'ROUND_SUM_NO_RECORD', // 整数大额、没有转账凭证
  'KIN_AT_ONCE', // 亲友或关联方很快达成一致
  'DEBTOR_ENFORCED', // 债务人可能正在被执行
  'ONE_AGENT_BOTH_SIDES', // 双方同一代理人
  'REPEAT_PARTY', // 同一人多次作为一方
  'THIRD_PARTY_PROPERTY', // 涉及案外人财产、以物抵债
  'WAGES_WAIVED', // 放弃劳动报酬
  'VIOLENCE', // 家庭暴力、胁迫迹象
  'ELDERLY_BURDENED', // 高龄当事人承担义务或放弃权利
]);
export type FlagCode = z.infer<typeof FlagCode>;

export const FlagView = z.object({
  flag: FlagCode,
  /** What exactly was noticed: a rate, a sum, a name. */
  subject: z.string(),
  basis: z.string(),
  /** Whom it is about, where it is about one party. */
  partyId: z.uuid().nullable(),
  look: z
    .object({ by: z.string(), duty: Duty, result: FlagResult, note: z.string(), at: z.iso.datetime() })
    .nullable(),
});
export type FlagView = z.infer<typeof FlagView>;

export const FlagLookInput = z.object({
  flag: FlagCode,
  /** As shown: somebody who looked at another figure looks again. */
  subject: z.string().max(500),
  result: FlagResult,
  note: z.string().trim().min(1).max(500),
});
