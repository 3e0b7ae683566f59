/**
 * The consent of its own for a signer's photo (个人信息保护法 29), asked at that very step. A changed wording gets a new
 * version; the step keeps its SHA-256.
 */
export const photoConsent = {
  version: 1,
  zh: '我同意现在拍一张本人照片，加密保存在本案签署证据中，只用于证明是我本人签署，不做人脸识别。不同意也能签。',
  en: 'I agree that a photo of me is taken now and kept, encrypted, with the evidence of this signing, only to show that it was I who signed; no face recognition. I can sign without it.',
} as const;
