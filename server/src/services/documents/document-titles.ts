import type { DocumentKind } from '../../contract/enums.ts';

/** What each stored file is called on forms and in the dossier. */
export const documentTitles: Record<DocumentKind, string> = {
  AGREEMENT_BASE: '人民调解协议书（待签）',
  AGREEMENT_HEAD: '人民调解协议书（签署中）',
  AGREEMENT: '人民调解协议书',
  AGREEMENT_PAPER: '人民调解协议书（纸质）',
  RIGHTS_NOTICE: '人民调解权利义务告知书',
  CONSENT_SHEET: '告知与同意书',
  SERVICE_RECEIPT: '文书签收单',
  RECORD: '人民调解记录',
  UNDISPUTED_FACTS: '无争议事实记载表',
  CONFIRMATION_BASE: '司法确认申请书（待签）',
  CONFIRMATION_HEAD: '司法确认申请书（签署中）',
  CONFIRMATION: '司法确认申请书',
  CONFIRMATION_PAPER: '司法确认申请书（纸质）',
  SERVICE_ADDRESS: '送达地址确认书',
  ORAL_AGREEMENT: '人民调解口头协议登记表',
  TERMINATION_NOTICE: '终止调解通知书',
  DOSSIER: '人民调解卷宗',
  CONFIRMATION_RULING: '民事裁定书（文本）',
  CORRECTION: '补正书',
};
