import type { ConsentItem } from './enums.ts';

/** The boxes of 《告知与同意书》, version 1. Each is answered on its own; a no to one is no no to the others. */
export const consentWordingsV1: { item: ConsentItem; required: boolean; zh: string; en: string }[] = [
  {
    item: 'MEDIATION',
    required: true,
    zh: '我自愿参加本次人民调解。调解不收费，我随时可以要求终止，也可以改走诉讼、仲裁等途径。',
    en: 'I take part in this mediation of my own free will. It is free of charge; I may end it at any time and may go to court or arbitration instead.',
  },
  {
    item: 'ONLINE',
    required: true,
    zh: '我同意通过视频方式在线调解。我可以随时要求改为到现场当面调解。',
    en: 'I agree to mediate by video. I may ask at any time to meet in person instead.',
  },
  {
    item: 'RECORDING',
    required: false,
    zh: '我同意对调解过程录音录像，仅存入本案卷宗。不同意也可以继续调解。',
    en: 'I agree to sound and video recording, kept with this case only. Mediation goes on even if I do not agree.',
  },
  {
    item: 'COURT_ACCESS',
    required: false,
    zh: '我同意指导法官和人民法院查看本案材料，用于指导调解和办理司法确认。',
    en: 'I agree that the guiding judge and the court see the papers of this case, for guidance and judicial confirmation.',
  },
  {
    item: 'E_SERVICE',
    required: false,
    zh: '我同意以短信链接方式电子送达文书。',
    en: 'I agree to be served documents electronically by text-message link.',
  },
  {
    item: 'E_SIGNATURE',
    required: false,
    zh: '我同意使用电子签名签署调解协议。不同意可以在纸上签。',
    en: 'I agree to sign the agreement electronically. If not, I can sign on paper.',
  },
  {
    item: 'FACE',
    required: false,
    zh: '我同意现场拍摄本人照片用于核对身份，仅用于本案。不同意可以改用其他方式核对。',
    en: 'I agree to a photo of my face being taken to check my identity, for this case only. If not, another way is used.',
  },
  {
    item: 'SENSITIVE_EVIDENCE',
    required: false,
    zh: '我同意为本案处理我提交的医疗、银行等敏感材料。',
    en: 'I agree that sensitive papers I hand in (medical, bank) are used for this case.',
  },
  {
    item: 'PUBLIC_OBSERVERS',
    required: false,
    zh: '我同意本次调解公开进行（允许旁听）。',
    en: 'I agree that this mediation is public (observers allowed).',
  },
];

/**
 * The box about one's full identity number in the joint application, which the other side then sees (PIPL 23, 29): asked
 * when somebody agrees to apply, not on the sheet.
 */
export const idDisclosureWordingV1 = {
  item: 'ID_DISCLOSURE' as const,
  zh: '我同意把本人的公民身份号码完整写入司法确认申请书。申请书由双方共同签名，对方和人民法院会看到这个号码；仅用于本次申请。不同意的，不能在线共同申请，可以各自到人民法院申请。',
  en: 'I agree that my full identity number is written into the application for judicial confirmation. Both sides sign it, so the other side and the court will see the number; it is used for this application only. Without this we cannot apply together online, but can apply at the court.',
};

/** The box about one invited person by name (人民调解法 20): asked when somebody is invited, not on the sheet. */
export const invitedWordingV1 = {
  item: 'INVITED_PERSON' as const,
  zh: '我同意被邀请的这个人参加本次调解。我可以随时收回同意。',
  en: 'I agree that this invited person takes part in the mediation. I may take my consent back at any time.',
};
