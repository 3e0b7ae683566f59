import * as z from 'zod';

/** Closed lists shared by database, rules, API and web. prisma/schema repeats them; a test keeps both equal. */

/** Duties (职责). A person holds several; every act records the one it was done under. */
export const Duty = z.enum([
  'PARTY', // 当事人
  'AGENT', // 代理人
  'DIRECTOR', // 庭务主任
  'MEDIATOR', // 调解员
  'RECORDER', // 记录人
  'GUIDING_JUDGE', // 指导法官
  'CONFIRMING_JUDGE', // 确认法官
  'SEAL_HOLDER', // 人民调解委员会印章保管人
  'GRID_WORKER', // 网格员
  'CENTRE', // 矛调中心、司法局
  'POLICE_LIAISON', // 派出所联络员
  'INVITED', // 受邀人
  'SUPERVISOR', // 监督员
  'ADMINISTRATOR', // 管理员
  'AUDITOR', // 审计员
]);
export type Duty = z.infer<typeof Duty>;

/** Tracks (途径): A 人民调解, B 立案前委派, C 立案后委托. */
export const Track = z.enum(['A', 'B', 'C']);
export type Track = z.infer<typeof Track>;

export const CaseStatus = z.enum([
  'LEAD', // 线索
  'APPLIED', // 登记
  'SCREENED', // 适格审查通过
  'RETURNED', // 退回
  'CONSENT', // 征询
  'REFUSED', // 一方不同意
  'UNREACHABLE', // 联系不上
  'ASSIGNED', // 选定调解员
  'ACCEPTED', // 调解员接受并披露
  'MEDIATING', // 排期、核对、调解中（由 session 记录）
  'AGREED', // 达成一致，协议起草签署中
  'NO_AGREEMENT', // 未达成
  'TRANSFERRED', // 移交
  'PERFORMING', // 生效、送达、履行中
  'BREACHED', // 未履行
  'CLOSED', // 结案
  'ARCHIVED', // 归档
  'SUSPENDED', // 疑似虚假调解，中止
]);
export type CaseStatus = z.infer<typeof CaseStatus>;

/** End codes (在线调解规则 25). */
export const EndCode = z.enum([
  'AGREEMENT',
  'SETTLED_WITHDRAWN',
  'UNREACHABLE',
  'UNWILLING',
  'DIVERGENCE',
  'EXPIRED',
  'REFUSED_TO_SIGN',
  'OTHER',
]);
export type EndCode = z.infer<typeof EndCode>;

export const SessionStatus = z.enum([
  'SCHEDULED',
  'CHECKING', // 核对中
  'OPEN', // 调解中
  'PAUSED', // 暂停、中断
  'ONSITE', // 转线下
  'ENDED',
  'CANCELLED', // 改期、未到场
]);
export type SessionStatus = z.infer<typeof SessionStatus>;

/** How a session ended: 调解成功, 调解不成, 有待继续调解. */
export const SessionResult = z.enum(['AGREED', 'NO_AGREEMENT', 'TO_CONTINUE']);
export type SessionResult = z.infer<typeof SessionResult>;

export const SessionKind = z.enum(['MEDIATION', 'CONFIRMATION_INQUIRY']);
export type SessionKind = z.infer<typeof SessionKind>;

export const AgreementStatus = z.enum([
  'DRAFTING',
  'FROZEN',
  'SIGNING',
  'SEALING',
  'EFFECTIVE',
  'VOID',
  'REFUSED',
]);
export type AgreementStatus = z.infer<typeof AgreementStatus>;

/** ELECTRONIC 电子签名, PAPER 纸质签署, ORAL 口头协议. Media are never mixed. */
export const Medium = z.enum(['ELECTRONIC', 'PAPER', 'ORAL']);
export type Medium = z.infer<typeof Medium>;

/** Being signed by the applicants, handed to the court, docketed, and its three ends. */
export const ConfirmationStatus = z.enum([
  'SIGNING',
  'APPLIED',
  'ACCEPTED',
  'CONFIRMED',
  'REJECTED',
  'WITHDRAWN',
]);
export type ConfirmationStatus = z.infer<typeof ConfirmationStatus>;

/** “是否现在共同申请司法确认？” 同意 / 以后再说 / 不申请. */
export const ConfirmationChoice = z.enum(['YES', 'LATER', 'NO']);
export type ConfirmationChoice = z.infer<typeof ConfirmationChoice>;

/** What a frozen text is: the agreement, or the joint application for its confirmation. */
export const VersionPurpose = z.enum(['AGREEMENT', 'CONFIRMATION']);
export type VersionPurpose = z.infer<typeof VersionPurpose>;

/** 回访: how it was made. */
export const FollowUpWay = z.enum(['VISIT', 'PHONE', 'VIDEO']);
export type FollowUpWay = z.infer<typeof FollowUpWay>;

export const ServiceStatus = z.enum(['PENDING', 'SENT', 'ARRIVED', 'READ', 'SIGNED_FOR']);
export type ServiceStatus = z.infer<typeof ServiceStatus>;

export const PerformanceStatus = z.enum(['PENDING', 'PERFORMED', 'BREACHED', 'REMINDED']);
export type PerformanceStatus = z.infer<typeof PerformanceStatus>;

/** Appointment of a person to a duty in one case. */
export const AppointmentStatus = z.enum(['OFFERED', 'ACCEPTED', 'DECLINED', 'REPLACED']);
export type AppointmentStatus = z.infer<typeof AppointmentStatus>;

/** Separate, versioned, revocable consents of 《告知与同意书》. */
export const ConsentItem = z.enum([
  'MEDIATION',
  'ONLINE',
  'RECORDING',
  'FACE',
  'SENSITIVE_EVIDENCE',
  'COURT_ACCESS',
  'E_SERVICE',
  'E_SIGNATURE',
  'PUBLIC_OBSERVERS',
  'INVITED_PERSON',
  'ID_DISCLOSURE', // 身份证号码写入申请书，对方可见
]);
export type ConsentItem = z.infer<typeof ConsentItem>;

export const PartyKind = z.enum(['PERSON', 'ORGANISATION']);
export type PartyKind = z.infer<typeof PartyKind>;

export const PartySide = z.enum(['APPLICANT', 'RESPONDENT']);
export type PartySide = z.infer<typeof PartySide>;

export const DisputeType = z.enum([
  'NEIGHBOURS', // 相邻关系
  'LOAN', // 民间借贷
  'WAGES', // 劳务报酬
  'DAMAGES', // 损害赔偿
  'LEASE', // 租赁
  'FAMILY_MONEY', // 家庭财产（不涉身份）
  'FAMILY_STATUS', // 婚姻、收养、继承等身份关系
  'UTILITIES', // 停止供水、供热、供气等公用事业服务
  'PROPERTY_MANAGEMENT', // 物业
  'CONSUMER', // 消费
  'OTHER',
]);
export type DisputeType = z.infer<typeof DisputeType>;

/** Where a change of the draft came from. */
export const DraftSource = z.enum(['EDIT', 'TEMPLATE', 'OFFER', 'RECOMMENDATION']);
export type DraftSource = z.infer<typeof DraftSource>;

/** How an offer (方案) ended; NOT_TAKEN says no more than that not everybody said yes. */
export const OfferState = z.enum(['OPEN', 'ACCEPTED', 'COUNTERED', 'DECLINED', 'WITHDRAWN', 'NOT_TAKEN']);
export type OfferState = z.infer<typeof OfferState>;

/** Itemised powers of an agent (特别授权). */
export const AgentPower = z.enum(['ADMIT', 'WAIVE', 'CHANGE_CLAIM', 'SETTLE', 'SIGN']);
export type AgentPower = z.infer<typeof AgentPower>;

/** AUTHORISED 委托代理人 by power of attorney, GUARDIAN 法定代理人（监护人）by law. */
export const AgentKind = z.enum(['AUTHORISED', 'GUARDIAN']);
export type AgentKind = z.infer<typeof AgentKind>;

/** What a side asks of the procedure: 延长期限, 更换调解员. */
export const CaseRequestKind = z.enum(['EXTENSION', 'CHANGE_MEDIATOR']);
export type CaseRequestKind = z.infer<typeof CaseRequestKind>;

/** What a private look at a soft flag came to: nothing in it, or a concern that stops the signing. */
export const FlagResult = z.enum(['CLEAR', 'CONCERN']);
export type FlagResult = z.infer<typeof FlagResult>;

/** How somebody's identity was checked. A phone number alone is never one of these. */
export const IdentityMethod = z.enum([
  'DOCUMENT_IN_PERSON',
  'DOCUMENT_BY_VIDEO',
  'E_ID',
  'HOUSEHOLD_REGISTER',
]);
export type IdentityMethod = z.infer<typeof IdentityMethod>;

/** Items of the checklist that must be done by name before a session opens (参照在线调解规则 13、17). */
export const CheckKind = z.enum(['IDENTITY', 'FALSE_MEDIATION_WARNING', 'DISCLOSURE', 'RIGHTS_NOTICE']);
export type CheckKind = z.infer<typeof CheckKind>;

export const SeatKind = z.enum([
  'STATION',
  'JUDGE',
  'MEDIATOR',
  'PARTY',
  'AGENT',
  'INVITED',
  'RECORDER',
  'INTERPRETER',
  'OBSERVER',
]);
export type SeatKind = z.infer<typeof SeatKind>;

/** Steps of one person's signing ceremony, in order; the plan says which of them this signer has. */
export const CeremonyStepKind = z.enum([
  'OPENED',
  'READ',
  'QUESTIONS',
  'PRIVATE_CHECK', // 单独谈话
  'INK',
  'THUMBPRINT', // 按指印（不能写字的人）
  'WITNESS', // 见证人签名
  'ORG_SEAL', // 单位印章与备案印模比对
  'CODE',
  'PHOTO', // 签署人照片（自愿）
  'CERTIFICATE',
  'SIGNED',
  'DECLINED',
]);
export type CeremonyStepKind = z.infer<typeof CeremonyStepKind>;

/** What an uploaded file is for. */
export const AttachmentKind = z.enum([
  'EVIDENCE',
  'IDENTITY',
  'AUTHORITY',
  'PAPER_AGREEMENT',
  'SEAL_IMAGE', // 单位印章：备案印模，或当场盖出的印文
  'OTHER',
  'RECEIPT', // 当场收款的照片
]);
export type AttachmentKind = z.infer<typeof AttachmentKind>;

/** What people chose after a rejected application (民事诉讼法 206). */
export const RejectionWay = z.enum(['MEDIATE_AGAIN', 'SUE']);
export type RejectionWay = z.infer<typeof RejectionWay>;

/** 补正 of a clerical slip. */
export const CorrectionStatus = z.enum(['PROPOSED', 'MADE', 'REFUSED', 'WITHDRAWN']);
export type CorrectionStatus = z.infer<typeof CorrectionStatus>;

/** Stored PDFs of a case. */
export const DocumentKind = z.enum([
  'AGREEMENT_BASE',
  'AGREEMENT_HEAD',
  'AGREEMENT',
  'AGREEMENT_PAPER',
  'RIGHTS_NOTICE',
  'CONSENT_SHEET',
  'SERVICE_RECEIPT',
  'RECORD',
  'UNDISPUTED_FACTS',
  'CONFIRMATION_BASE',
  'CONFIRMATION_HEAD',
  'CONFIRMATION',
  'CONFIRMATION_PAPER',
  'SERVICE_ADDRESS',
  'ORAL_AGREEMENT',
  'TERMINATION_NOTICE',
  'DOSSIER',
  'CONFIRMATION_RULING',
  'CORRECTION',
]);
export type DocumentKind = z.infer<typeof DocumentKind>;

/** 人民调解记录, 无争议事实记载表. */
export const RecordKind = z.enum(['TALKS', 'FACTS']);
export type RecordKind = z.infer<typeof RecordKind>;

/** Typed, read out and being confirmed, confirmed by all: never altered from then on. */
export const RecordStatus = z.enum(['WRITING', 'CONFIRMING', 'CONFIRMED']);
export type RecordStatus = z.infer<typeof RecordStatus>;

/** How somebody's word on the record was given, or why there is none. */
export const ConfirmationWay = z.enum(['OWN_SCREEN', 'HANDED_OVER', 'IN_PERSON', 'REFUSED', 'ABSENT']);
export type ConfirmationWay = z.infer<typeof ConfirmationWay>;

/** Private talks: being prepared until LiveKit confirms that nothing is heard outside, open, over. */
export const CaucusStatus = z.enum(['PREPARING', 'OPEN', 'ENDED']);
export type CaucusStatus = z.infer<typeof CaucusStatus>;

/** 背靠背, or the second room of sides that must not meet (穿梭调解). */
export const CaucusKind = z.enum(['TALK', 'APART']);
export type CaucusKind = z.infer<typeof CaucusKind>;

/** As what somebody is invited into the room. */
export const InviteAs = z.enum(['GUEST', 'INTERPRETER', 'OBSERVER']);
export type InviteAs = z.infer<typeof InviteAs>;

/** Why the sides must not meet: 人身安全保护令, violence, a soft flag by itself, something else. */
export const ProtectionReason = z.enum(['ORDER', 'VIOLENCE', 'FLAG', 'OTHER']);
export type ProtectionReason = z.infer<typeof ProtectionReason>;

/** Whom a text message is for. */
export const MessageTo = z.enum(['ALL', 'HOST', 'CAUCUS']);
export type MessageTo = z.infer<typeof MessageTo>;

/** 录音录像: asked for, chunks arrive, its browser was lost, and the two ends. */
export const RecordingStatus = z.enum(['STARTING', 'RUNNING', 'INTERRUPTED', 'STOPPED', 'FAILED']);
export type RecordingStatus = z.infer<typeof RecordingStatus>;

/** Why a recording ended. ARRIVAL: somebody came who has not agreed. */
export const RecordingStop = z.enum(['HOST', 'CONSENT_WITHDRAWN', 'ARRIVAL', 'SESSION_OVER', 'NOT_STARTED']);
export type RecordingStop = z.infer<typeof RecordingStop>;
