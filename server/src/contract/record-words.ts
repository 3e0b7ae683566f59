/** What a confirmation says, word for word (domain-forms B, 人民调解记录). */
export const confirmationWords = {
  TALKS: '笔录已向我宣读，与我所述一致。',
  FACTS: '以上无争议事实已向我宣读，我确认属实。',
} as const;

/** Phrases at hand for whoever types. The record is Chinese in every language of the interface. */
export const recordPhrases = [
  '调解员说明调解的原则、程序和双方的权利义务。',
  '调解员询问是否申请回避，各方均表示不申请。',
  '陈述事实和要求：',
  '对上述陈述没有异议。',
  '对上述陈述有异议：',
  '出示材料：',
  '质证意见：',
  '调解员提出调解方案，征求各方意见。',
  '各方对调解方案表示同意。',
  '各方暂时不能达成一致。',
  '调解员告知：调解不成的，可以依法通过仲裁、行政、司法等途径维护权利。',
] as const;
