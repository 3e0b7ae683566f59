-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "AgreementStatus" AS ENUM ('DRAFTING', 'FROZEN', 'SIGNING', 'SEALING', 'EFFECTIVE', 'VOID', 'REFUSED');

-- CreateEnum
CREATE TYPE "CeremonyStepKind" AS ENUM ('OPENED', 'READ', 'QUESTIONS', 'CODE', 'INK', 'CERTIFICATE', 'SIGNED', 'DECLINED');

-- CreateEnum
CREATE TYPE "ConfirmationStatus" AS ENUM ('APPLIED', 'ACCEPTED', 'CONFIRMED', 'REJECTED', 'WITHDRAWN');

-- CreateEnum
CREATE TYPE "DocumentKind" AS ENUM ('AGREEMENT_BASE', 'AGREEMENT_HEAD', 'AGREEMENT', 'AGREEMENT_PAPER', 'RIGHTS_NOTICE', 'CONSENT_SHEET', 'SERVICE_RECEIPT', 'RECORD');

-- CreateEnum
CREATE TYPE "PerformanceStatus" AS ENUM ('PENDING', 'PERFORMED', 'BREACHED', 'REMINDED');

-- CreateEnum
CREATE TYPE "ServiceStatus" AS ENUM ('PENDING', 'SENT', 'ARRIVED', 'READ', 'SIGNED_FOR');

-- CreateEnum
CREATE TYPE "AgentPower" AS ENUM ('ADMIT', 'WAIVE', 'CHANGE_CLAIM', 'SETTLE', 'SIGN');

-- CreateEnum
CREATE TYPE "AppointmentStatus" AS ENUM ('OFFERED', 'ACCEPTED', 'DECLINED', 'REPLACED');

-- CreateEnum
CREATE TYPE "AttachmentKind" AS ENUM ('EVIDENCE', 'IDENTITY', 'AUTHORITY', 'PAPER_AGREEMENT', 'OTHER');

-- CreateEnum
CREATE TYPE "CaseStatus" AS ENUM ('LEAD', 'APPLIED', 'SCREENED', 'RETURNED', 'CONSENT', 'REFUSED', 'UNREACHABLE', 'ASSIGNED', 'ACCEPTED', 'MEDIATING', 'AGREED', 'NO_AGREEMENT', 'TRANSFERRED', 'PERFORMING', 'BREACHED', 'CLOSED', 'ARCHIVED', 'SUSPENDED');

-- CreateEnum
CREATE TYPE "ConsentItem" AS ENUM ('MEDIATION', 'ONLINE', 'RECORDING', 'FACE', 'SENSITIVE_EVIDENCE', 'COURT_ACCESS', 'E_SERVICE', 'E_SIGNATURE', 'PUBLIC_OBSERVERS', 'INVITED_PERSON');

-- CreateEnum
CREATE TYPE "DisputeType" AS ENUM ('NEIGHBOURS', 'LOAN', 'WAGES', 'DAMAGES', 'LEASE', 'FAMILY_MONEY', 'FAMILY_STATUS', 'UTILITIES', 'PROPERTY_MANAGEMENT', 'CONSUMER', 'OTHER');

-- CreateEnum
CREATE TYPE "EndCode" AS ENUM ('AGREEMENT', 'SETTLED_WITHDRAWN', 'UNREACHABLE', 'UNWILLING', 'DIVERGENCE', 'EXPIRED', 'REFUSED_TO_SIGN', 'OTHER');

-- CreateEnum
CREATE TYPE "IdentityMethod" AS ENUM ('DOCUMENT_IN_PERSON', 'DOCUMENT_BY_VIDEO', 'E_ID', 'HOUSEHOLD_REGISTER');

-- CreateEnum
CREATE TYPE "Medium" AS ENUM ('ELECTRONIC', 'PAPER', 'ORAL');

-- CreateEnum
CREATE TYPE "PartyKind" AS ENUM ('PERSON', 'ORGANISATION');

-- CreateEnum
CREATE TYPE "PartySide" AS ENUM ('APPLICANT', 'RESPONDENT');

-- CreateEnum
CREATE TYPE "Track" AS ENUM ('A', 'B', 'C');

-- CreateEnum
CREATE TYPE "CodePurpose" AS ENUM ('STAFF_SIGN_IN', 'PARTY_SIGN_IN', 'SIGNING');

-- CreateEnum
CREATE TYPE "Duty" AS ENUM ('PARTY', 'AGENT', 'DIRECTOR', 'MEDIATOR', 'RECORDER', 'GUIDING_JUDGE', 'CONFIRMING_JUDGE', 'SEAL_HOLDER', 'GRID_WORKER', 'CENTRE', 'POLICE_LIAISON', 'INVITED', 'SUPERVISOR', 'ADMINISTRATOR', 'AUDITOR');

-- CreateEnum
CREATE TYPE "PlaceKind" AS ENUM ('DISTRICT', 'TOWN', 'VILLAGE', 'GRID');

-- CreateEnum
CREATE TYPE "SignInMethod" AS ENUM ('DEVICE_SMS', 'PASSWORD', 'PASSKEY', 'OIDC');

-- CreateEnum
CREATE TYPE "CheckKind" AS ENUM ('IDENTITY', 'FALSE_MEDIATION_WARNING', 'DISCLOSURE', 'RIGHTS_NOTICE');

-- CreateEnum
CREATE TYPE "PartySessionKind" AS ENUM ('LINK', 'HAND_OVER');

-- CreateEnum
CREATE TYPE "RescheduleKind" AS ENUM ('RESCHEDULED', 'NO_SHOW');

-- CreateEnum
CREATE TYPE "SeatKind" AS ENUM ('STATION', 'JUDGE', 'MEDIATOR', 'PARTY', 'AGENT', 'INVITED');

-- CreateEnum
CREATE TYPE "SessionKind" AS ENUM ('MEDIATION', 'CONFIRMATION_INQUIRY');

-- CreateEnum
CREATE TYPE "SessionResult" AS ENUM ('AGREED', 'NO_AGREEMENT', 'TO_CONTINUE');

-- CreateEnum
CREATE TYPE "SessionStatus" AS ENUM ('SCHEDULED', 'CHECKING', 'OPEN', 'PAUSED', 'ONSITE', 'ENDED', 'CANCELLED');

-- CreateTable
CREATE TABLE "Agreement" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "status" "AgreementStatus" NOT NULL DEFAULT 'DRAFTING',
    "medium" "Medium" NOT NULL DEFAULT 'ELECTRONIC',
    "number" INTEGER NOT NULL DEFAULT 1,
    "currentVersionId" UUID,
    "draftState" BYTEA,
    "draftSeq" INTEGER NOT NULL DEFAULT 0,
    "effectiveAt" TIMESTAMPTZ(3),
    "effectiveSource" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Agreement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DraftUpdate" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "staffAuthorId" UUID,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DraftUpdate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DraftVersion" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "frozenById" UUID,
    "number" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "canonicalSha256" TEXT NOT NULL,
    "baseSha256" TEXT,
    "baseDocumentId" UUID,
    "headDocumentId" UUID,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "pages" INTEGER NOT NULL DEFAULT 1,
    "frozenAt" TIMESTAMPTZ(3) NOT NULL,
    "voidedAt" TIMESTAMPTZ(3),
    "voidReason" TEXT,

    CONSTRAINT "DraftVersion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Term" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Term_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Offer" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "partyId" UUID,
    "body" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TextApproval" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "agreementId" UUID NOT NULL,
    "partyId" UUID,
    "agentId" UUID,
    "draftSha256" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),

    CONSTRAINT "TextApproval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CeremonyStep" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "fieldName" TEXT NOT NULL,
    "kind" "CeremonyStepKind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "CeremonyStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Signature" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "partyId" UUID,
    "agentId" UUID,
    "staffUserId" UUID,
    "certificateId" UUID,
    "fieldName" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "signerName" TEXT NOT NULL,
    "personId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "field" JSONB NOT NULL,
    "inkEnc" BYTEA,
    "signedAt" TIMESTAMPTZ(3),
    "declinedAt" TIMESTAMPTZ(3),
    "declineReason" TEXT,
    "level" TEXT,
    "pending" JSONB,

    CONSTRAINT "Signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Certificate" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "serial" TEXT NOT NULL,
    "der" BYTEA NOT NULL,
    "chain" BYTEA[],
    "personId" UUID NOT NULL,
    "role" TEXT NOT NULL,
    "baseSha256" TEXT NOT NULL,
    "issuedAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "revokeReason" TEXT,

    CONSTRAINT "Certificate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "TimestampToken" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "signatureId" UUID NOT NULL,
    "der" BYTEA NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL,
    "authority" TEXT NOT NULL,

    CONSTRAINT "TimestampToken_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Document" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "versionId" UUID,
    "kind" "DocumentKind" NOT NULL,
    "storageKey" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaperSigning" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "versionId" UUID NOT NULL,
    "checkedBy1Id" UUID,
    "checkedBy2Id" UUID,
    "printedAt" TIMESTAMPTZ(3) NOT NULL,
    "signedOn" DATE,
    "scans" JSONB NOT NULL,
    "checkedAt1" TIMESTAMPTZ(3),
    "checkedAt2" TIMESTAMPTZ(3),

    CONSTRAINT "PaperSigning_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Service" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "documentId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "status" "ServiceStatus" NOT NULL DEFAULT 'PENDING',
    "sentAt" TIMESTAMPTZ(3),
    "arrivedAt" TIMESTAMPTZ(3),
    "readAt" TIMESTAMPTZ(3),
    "signedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Service_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Performance" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "recordedById" UUID,
    "label" TEXT NOT NULL,
    "dueOn" DATE,
    "amountFen" BIGINT,
    "status" "PerformanceStatus" NOT NULL DEFAULT 'PENDING',
    "performedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Performance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Confirmation" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "status" "ConfirmationStatus" NOT NULL,
    "number" TEXT,
    "appliedAt" TIMESTAMPTZ(3) NOT NULL,
    "dueOn" DATE,
    "decidedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Confirmation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "FollowUp" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "FollowUp_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Case" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "committeeId" UUID NOT NULL,
    "createdById" UUID,
    "track" "Track" NOT NULL DEFAULT 'A',
    "status" "CaseStatus" NOT NULL,
    "resumeStatus" "CaseStatus",
    "number" TEXT,
    "numberYear" INTEGER,
    "numberSeq" INTEGER,
    "courtNumber" TEXT,
    "source" TEXT NOT NULL,
    "walkIn" BOOLEAN NOT NULL DEFAULT false,
    "disputeType" "DisputeType" NOT NULL,
    "title" TEXT NOT NULL,
    "facts" TEXT NOT NULL,
    "requests" TEXT NOT NULL,
    "disputedItems" TEXT NOT NULL DEFAULT '',
    "amountFen" BIGINT,
    "medium" "Medium" NOT NULL DEFAULT 'ELECTRONIC',
    "endCode" "EndCode",
    "endReason" TEXT,
    "resolvedLevel" TEXT,
    "retentionClass" TEXT NOT NULL DEFAULT 'LONG',
    "registeredAt" TIMESTAMPTZ(3) NOT NULL,
    "acceptedAt" TIMESTAMPTZ(3),
    "dueAt" TIMESTAMPTZ(3),
    "effectiveAt" TIMESTAMPTZ(3),
    "closedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CaseNumberCounter" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "committeeId" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "last" INTEGER NOT NULL,

    CONSTRAINT "CaseNumberCounter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Lead" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "reportedById" UUID,
    "caseId" UUID,
    "text" TEXT NOT NULL,
    "contact" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IntakeDraft" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "dataEnc" BYTEA NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "IntakeDraft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Party" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "enteredById" UUID,
    "side" "PartySide" NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "PartyKind" NOT NULL,
    "name" TEXT NOT NULL,
    "sex" TEXT,
    "ethnicity" TEXT,
    "birthDate" DATE,
    "occupation" TEXT,
    "phoneEnc" BYTEA,
    "phoneIndex" TEXT,
    "phoneChangedAt" TIMESTAMPTZ(3),
    "addressEnc" BYTEA,
    "idNumberEnc" BYTEA,
    "idNumberIndex" TEXT,
    "idNumberMasked" TEXT,
    "creditCode" TEXT,
    "representative" TEXT,
    "representativeTitle" TEXT,
    "guardianName" TEXT,
    "guardianRelation" TEXT,
    "serviceAddressEnc" BYTEA,
    "usesStation" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Party_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Agent" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID NOT NULL,
    "proofId" UUID,
    "verifiedById" UUID,
    "name" TEXT NOT NULL,
    "phoneEnc" BYTEA,
    "phoneIndex" TEXT,
    "idNumberEnc" BYTEA,
    "idNumberIndex" TEXT,
    "idNumberMasked" TEXT,
    "special" BOOLEAN NOT NULL DEFAULT false,
    "powers" "AgentPower"[],
    "validFrom" DATE,
    "validTo" DATE,
    "verifiedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Agent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdentityCheck" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID,
    "agentId" UUID,
    "checkedById" UUID NOT NULL,
    "attestedById" UUID,
    "frontId" UUID,
    "backId" UUID,
    "method" "IdentityMethod" NOT NULL,
    "samePerson" BOOLEAN NOT NULL,
    "reason" TEXT,
    "witnessName" TEXT,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL,
    "attestedAt" TIMESTAMPTZ(3),

    CONSTRAINT "IdentityCheck_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Appointment" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "duty" "Duty" NOT NULL,
    "status" "AppointmentStatus" NOT NULL,
    "lead" BOOLEAN NOT NULL DEFAULT false,
    "offeredAt" TIMESTAMPTZ(3) NOT NULL,
    "dueAt" TIMESTAMPTZ(3),
    "respondedAt" TIMESTAMPTZ(3),
    "reason" TEXT,
    "disclosure" JSONB,
    "disclosedAt" TIMESTAMPTZ(3),
    "chosenBy" TEXT,

    CONSTRAINT "Appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConsentWording" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "item" "ConsentItem" NOT NULL,
    "version" INTEGER NOT NULL,
    "zh" TEXT NOT NULL,
    "en" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,

    CONSTRAINT "ConsentWording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Consent" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID,
    "agentId" UUID,
    "wordingId" UUID NOT NULL,
    "recordedById" UUID,
    "item" "ConsentItem" NOT NULL,
    "agreed" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "withdrawnAt" TIMESTAMPTZ(3),
    "subject" TEXT,

    CONSTRAINT "Consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attachment" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "uploadedById" UUID,
    "partyId" UUID,
    "kind" "AttachmentKind" NOT NULL,
    "name" TEXT NOT NULL,
    "mime" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "storageKey" TEXT NOT NULL,
    "derivativeKey" TEXT,
    "pages" INTEGER NOT NULL DEFAULT 1,
    "originalSeen" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Deadline" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "startsOn" DATE NOT NULL,
    "dueOn" DATE NOT NULL,
    "basis" TEXT NOT NULL,
    "metAt" TIMESTAMPTZ(3),
    "extendedOn" TIMESTAMPTZ(3),

    CONSTRAINT "Deadline_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Complaint" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answeredAt" TIMESTAMPTZ(3),

    CONSTRAINT "Complaint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Court" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Court_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Place" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "parentId" UUID,
    "kind" "PlaceKind" NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Committee" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "placeId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "numberPrefix" TEXT NOT NULL,
    "phone" TEXT,

    CONSTRAINT "Committee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Station" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "placeId" UUID NOT NULL,
    "committeeId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "phone" TEXT NOT NULL,

    CONSTRAINT "Station_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffUser" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "loginName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "phoneEnc" BYTEA,
    "phoneIndex" TEXT,
    "passwordHash" TEXT,
    "totpSecretEnc" BYTEA,
    "totpLastStep" BIGINT,
    "pinHash" TEXT,
    "failedSignIns" INTEGER NOT NULL DEFAULT 0,
    "lockedAt" TIMESTAMPTZ(3),
    "disabledAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "StaffUser_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Passkey" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "credentialId" TEXT NOT NULL,
    "publicKey" BYTEA NOT NULL,
    "counter" BIGINT NOT NULL,
    "transports" TEXT[],
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Passkey_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "BackupCode" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "codeHash" TEXT NOT NULL,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "BackupCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StaffSession" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "deviceId" UUID,
    "tokenHash" TEXT NOT NULL,
    "method" "SignInMethod" NOT NULL,
    "secondFactorAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "challenge" TEXT,

    CONSTRAINT "StaffSession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DutyAssignment" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "staffUserId" UUID NOT NULL,
    "stationId" UUID,
    "committeeId" UUID,
    "duty" "Duty" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "DutyAssignment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Pairing" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "judgeId" UUID NOT NULL,
    "delegateId" UUID,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3),

    CONSTRAINT "Pairing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Device" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "enrolledById" UUID,
    "name" TEXT NOT NULL,
    "publicKey" JSONB,
    "enrolCodeHash" TEXT,
    "enrolExpiresAt" TIMESTAMPTZ(3),
    "enrolledAt" TIMESTAMPTZ(3),
    "tokenHash" TEXT,
    "lastSeenAt" TIMESTAMPTZ(3),
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Device_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SmsCode" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID,
    "purpose" "CodePurpose" NOT NULL,
    "subjectId" UUID NOT NULL,
    "phoneIndex" TEXT NOT NULL,
    "codeHash" TEXT NOT NULL,
    "boundTo" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "usedAt" TIMESTAMPTZ(3),

    CONSTRAINT "SmsCode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SmsMessage" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID,
    "toEnc" BYTEA NOT NULL,
    "template" TEXT NOT NULL,
    "valuesEnc" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sentAt" TIMESTAMPTZ(3),
    "failure" TEXT,

    CONSTRAINT "SmsMessage_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Session" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "hostId" UUID,
    "kind" "SessionKind" NOT NULL DEFAULT 'MEDIATION',
    "status" "SessionStatus" NOT NULL,
    "plannedStart" TIMESTAMPTZ(3) NOT NULL,
    "plannedEnd" TIMESTAMPTZ(3) NOT NULL,
    "checkingAt" TIMESTAMPTZ(3),
    "openedAt" TIMESTAMPTZ(3),
    "endedAt" TIMESTAMPTZ(3),
    "room" TEXT,
    "roomEpoch" INTEGER NOT NULL DEFAULT 0,
    "checkingSeatId" UUID,
    "result" "SessionResult",
    "endReason" TEXT,
    "pausedBecause" TEXT,
    "locked" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Booking" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "resource" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "endsAt" TIMESTAMPTZ(3) NOT NULL,
    "active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Reschedule" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "partyId" UUID,
    "kind" "RescheduleKind" NOT NULL,
    "askedBy" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Reschedule_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Seat" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "staffUserId" UUID,
    "partyId" UUID,
    "agentId" UUID,
    "deviceId" UUID,
    "kind" "SeatKind" NOT NULL,
    "identity" TEXT NOT NULL,
    "leaseUntil" TIMESTAMPTZ(3),
    "enteredAt" TIMESTAMPTZ(3),
    "connectedAt" TIMESTAMPTZ(3),
    "disconnectedAt" TIMESTAMPTZ(3),
    "handRaisedAt" TIMESTAMPTZ(3),
    "micMutedByHost" BOOLEAN NOT NULL DEFAULT false,
    "camMutedByHost" BOOLEAN NOT NULL DEFAULT false,
    "selfTest" JSONB,
    "quality" TEXT,

    CONSTRAINT "Seat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Attendee" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "staffUserId" UUID,
    "partyId" UUID,
    "agentId" UUID,
    "name" TEXT NOT NULL,
    "duty" "Duty" NOT NULL,
    "place" TEXT NOT NULL,
    "arrivedAt" TIMESTAMPTZ(3) NOT NULL,
    "leftAt" TIMESTAMPTZ(3),
    "hasFloor" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Attendee_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Admission" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "admittedById" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "Admission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Denial" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "byId" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "liftedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Denial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "CheckItem" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "attendeeId" UUID,
    "byId" UUID NOT NULL,
    "kind" "CheckKind" NOT NULL,
    "language" TEXT,
    "reader" TEXT,
    "note" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "CheckItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Caucus" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "room" TEXT NOT NULL,
    "members" JSONB NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Caucus_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Gap" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "seatId" UUID NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Gap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordLine" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "authorId" UUID,
    "position" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "speaker" TEXT,
    "text" TEXT NOT NULL,

    CONSTRAINT "RecordLine_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Exhibit" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "attachmentId" UUID NOT NULL,
    "shownTo" JSONB NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Exhibit_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RecordingPart" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "storageKey" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "RecordingPart_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Invitation" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID,
    "agentId" UUID,
    "createdById" UUID NOT NULL,
    "secretHash" TEXT NOT NULL,
    "spokenCodeHash" TEXT,
    "secretEnc" BYTEA NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "firstUsedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartySession" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "partyId" UUID,
    "agentId" UUID,
    "deviceId" UUID,
    "staffSessionId" UUID,
    "invitationId" UUID,
    "tokenHash" TEXT NOT NULL,
    "kind" "PartySessionKind" NOT NULL,
    "answeredAs" TEXT NOT NULL DEFAULT 'SELF',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "PartySession_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WebhookReceipt" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "sessionId" UUID,
    "deliveryId" TEXT NOT NULL,
    "event" TEXT NOT NULL,
    "identity" TEXT,
    "sentAt" TIMESTAMPTZ(3) NOT NULL,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "WebhookReceipt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "JudgeCall" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "stationId" UUID NOT NULL,
    "sessionId" UUID,
    "caseId" UUID,
    "callerId" UUID NOT NULL,
    "takenById" UUID,
    "question" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "takenAt" TIMESTAMPTZ(3),
    "cancelledAt" TIMESTAMPTZ(3),

    CONSTRAINT "JudgeCall_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "GuidanceNote" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "caseId" UUID NOT NULL,
    "judgeId" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "GuidanceNote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SystemFlag" (
    "id" UUID NOT NULL,
    "demo" BOOLEAN NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "SystemFlag_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditEvent" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "action" TEXT NOT NULL,
    "actorKind" TEXT NOT NULL,
    "actorId" TEXT,
    "duty" "Duty",
    "caseId" UUID,
    "subjectType" TEXT NOT NULL,
    "subjectId" TEXT,
    "data" JSONB NOT NULL,
    "commitments" JSONB NOT NULL,
    "requestId" TEXT NOT NULL,
    "payload" TEXT NOT NULL,
    "prevHash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditPersonal" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "key" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "valueEnc" BYTEA NOT NULL,

    CONSTRAINT "AuditPersonal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditHead" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "AuditHead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LiveEvent" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "number" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "data" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "LiveEvent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "IdempotencyKey" (
    "id" UUID NOT NULL,
    "courtId" UUID NOT NULL,
    "actor" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "requestHash" TEXT NOT NULL,
    "status" INTEGER,
    "body" JSONB,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdempotencyKey_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Agreement_courtId_id_key" ON "Agreement"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Agreement_courtId_caseId_number_key" ON "Agreement"("courtId", "caseId", "number");

-- CreateIndex
CREATE INDEX "DraftUpdate_courtId_staffAuthorId_idx" ON "DraftUpdate"("courtId", "staffAuthorId");

-- CreateIndex
CREATE UNIQUE INDEX "DraftUpdate_courtId_id_key" ON "DraftUpdate"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "DraftUpdate_courtId_agreementId_seq_key" ON "DraftUpdate"("courtId", "agreementId", "seq");

-- CreateIndex
CREATE INDEX "DraftVersion_courtId_frozenById_idx" ON "DraftVersion"("courtId", "frozenById");

-- CreateIndex
CREATE UNIQUE INDEX "DraftVersion_courtId_id_key" ON "DraftVersion"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "DraftVersion_courtId_agreementId_number_key" ON "DraftVersion"("courtId", "agreementId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "Term_courtId_id_key" ON "Term"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Term_courtId_versionId_position_key" ON "Term"("courtId", "versionId", "position");

-- CreateIndex
CREATE INDEX "Offer_courtId_agreementId_idx" ON "Offer"("courtId", "agreementId");

-- CreateIndex
CREATE INDEX "Offer_courtId_partyId_idx" ON "Offer"("courtId", "partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Offer_courtId_id_key" ON "Offer"("courtId", "id");

-- CreateIndex
CREATE INDEX "TextApproval_courtId_agreementId_idx" ON "TextApproval"("courtId", "agreementId");

-- CreateIndex
CREATE INDEX "TextApproval_courtId_partyId_idx" ON "TextApproval"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "TextApproval_courtId_agentId_idx" ON "TextApproval"("courtId", "agentId");

-- CreateIndex
CREATE UNIQUE INDEX "TextApproval_courtId_id_key" ON "TextApproval"("courtId", "id");

-- CreateIndex
CREATE INDEX "CeremonyStep_courtId_versionId_fieldName_idx" ON "CeremonyStep"("courtId", "versionId", "fieldName");

-- CreateIndex
CREATE UNIQUE INDEX "CeremonyStep_courtId_id_key" ON "CeremonyStep"("courtId", "id");

-- CreateIndex
CREATE INDEX "Signature_courtId_partyId_idx" ON "Signature"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Signature_courtId_agentId_idx" ON "Signature"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "Signature_courtId_staffUserId_idx" ON "Signature"("courtId", "staffUserId");

-- CreateIndex
CREATE INDEX "Signature_courtId_certificateId_idx" ON "Signature"("courtId", "certificateId");

-- CreateIndex
CREATE UNIQUE INDEX "Signature_courtId_id_key" ON "Signature"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Signature_courtId_versionId_fieldName_key" ON "Signature"("courtId", "versionId", "fieldName");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_serial_key" ON "Certificate"("serial");

-- CreateIndex
CREATE UNIQUE INDEX "Certificate_courtId_id_key" ON "Certificate"("courtId", "id");

-- CreateIndex
CREATE INDEX "TimestampToken_courtId_signatureId_idx" ON "TimestampToken"("courtId", "signatureId");

-- CreateIndex
CREATE UNIQUE INDEX "TimestampToken_courtId_id_key" ON "TimestampToken"("courtId", "id");

-- CreateIndex
CREATE INDEX "Document_courtId_caseId_idx" ON "Document"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Document_courtId_sha256_idx" ON "Document"("courtId", "sha256");

-- CreateIndex
CREATE INDEX "Document_courtId_versionId_idx" ON "Document"("courtId", "versionId");

-- CreateIndex
CREATE UNIQUE INDEX "Document_courtId_id_key" ON "Document"("courtId", "id");

-- CreateIndex
CREATE INDEX "PaperSigning_courtId_checkedBy1Id_idx" ON "PaperSigning"("courtId", "checkedBy1Id");

-- CreateIndex
CREATE INDEX "PaperSigning_courtId_checkedBy2Id_idx" ON "PaperSigning"("courtId", "checkedBy2Id");

-- CreateIndex
CREATE UNIQUE INDEX "PaperSigning_courtId_id_key" ON "PaperSigning"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PaperSigning_courtId_versionId_key" ON "PaperSigning"("courtId", "versionId");

-- CreateIndex
CREATE INDEX "Service_courtId_caseId_idx" ON "Service"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Service_courtId_documentId_idx" ON "Service"("courtId", "documentId");

-- CreateIndex
CREATE INDEX "Service_courtId_partyId_idx" ON "Service"("courtId", "partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Service_courtId_id_key" ON "Service"("courtId", "id");

-- CreateIndex
CREATE INDEX "Performance_courtId_caseId_idx" ON "Performance"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Performance_courtId_recordedById_idx" ON "Performance"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "Performance_courtId_id_key" ON "Performance"("courtId", "id");

-- CreateIndex
CREATE INDEX "Confirmation_courtId_caseId_idx" ON "Confirmation"("courtId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Confirmation_courtId_id_key" ON "Confirmation"("courtId", "id");

-- CreateIndex
CREATE INDEX "FollowUp_courtId_caseId_idx" ON "FollowUp"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "FollowUp_courtId_byId_idx" ON "FollowUp"("courtId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "FollowUp_courtId_id_key" ON "FollowUp"("courtId", "id");

-- CreateIndex
CREATE INDEX "Case_courtId_stationId_status_idx" ON "Case"("courtId", "stationId", "status");

-- CreateIndex
CREATE INDEX "Case_courtId_createdById_idx" ON "Case"("courtId", "createdById");

-- CreateIndex
CREATE UNIQUE INDEX "Case_courtId_id_key" ON "Case"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Case_courtId_committeeId_numberYear_numberSeq_key" ON "Case"("courtId", "committeeId", "numberYear", "numberSeq");

-- CreateIndex
CREATE UNIQUE INDEX "CaseNumberCounter_courtId_id_key" ON "CaseNumberCounter"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "CaseNumberCounter_courtId_committeeId_year_key" ON "CaseNumberCounter"("courtId", "committeeId", "year");

-- CreateIndex
CREATE INDEX "Lead_courtId_stationId_idx" ON "Lead"("courtId", "stationId");

-- CreateIndex
CREATE INDEX "Lead_courtId_reportedById_idx" ON "Lead"("courtId", "reportedById");

-- CreateIndex
CREATE INDEX "Lead_courtId_caseId_idx" ON "Lead"("courtId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Lead_courtId_id_key" ON "Lead"("courtId", "id");

-- CreateIndex
CREATE INDEX "IntakeDraft_courtId_stationId_idx" ON "IntakeDraft"("courtId", "stationId");

-- CreateIndex
CREATE UNIQUE INDEX "IntakeDraft_courtId_id_key" ON "IntakeDraft"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "IntakeDraft_courtId_staffUserId_stationId_key" ON "IntakeDraft"("courtId", "staffUserId", "stationId");

-- CreateIndex
CREATE INDEX "Party_courtId_idNumberIndex_idx" ON "Party"("courtId", "idNumberIndex");

-- CreateIndex
CREATE INDEX "Party_courtId_enteredById_idx" ON "Party"("courtId", "enteredById");

-- CreateIndex
CREATE UNIQUE INDEX "Party_courtId_id_key" ON "Party"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Party_courtId_caseId_side_position_key" ON "Party"("courtId", "caseId", "side", "position");

-- CreateIndex
CREATE INDEX "Agent_courtId_caseId_idx" ON "Agent"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Agent_courtId_partyId_idx" ON "Agent"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Agent_courtId_proofId_idx" ON "Agent"("courtId", "proofId");

-- CreateIndex
CREATE INDEX "Agent_courtId_verifiedById_idx" ON "Agent"("courtId", "verifiedById");

-- CreateIndex
CREATE UNIQUE INDEX "Agent_courtId_id_key" ON "Agent"("courtId", "id");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_caseId_idx" ON "IdentityCheck"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_partyId_idx" ON "IdentityCheck"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_agentId_idx" ON "IdentityCheck"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_checkedById_idx" ON "IdentityCheck"("courtId", "checkedById");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_attestedById_idx" ON "IdentityCheck"("courtId", "attestedById");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_frontId_idx" ON "IdentityCheck"("courtId", "frontId");

-- CreateIndex
CREATE INDEX "IdentityCheck_courtId_backId_idx" ON "IdentityCheck"("courtId", "backId");

-- CreateIndex
CREATE UNIQUE INDEX "IdentityCheck_courtId_id_key" ON "IdentityCheck"("courtId", "id");

-- CreateIndex
CREATE INDEX "Appointment_courtId_caseId_idx" ON "Appointment"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Appointment_courtId_staffUserId_idx" ON "Appointment"("courtId", "staffUserId");

-- CreateIndex
CREATE UNIQUE INDEX "Appointment_courtId_id_key" ON "Appointment"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ConsentWording_courtId_id_key" ON "ConsentWording"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "ConsentWording_courtId_item_version_key" ON "ConsentWording"("courtId", "item", "version");

-- CreateIndex
CREATE INDEX "Consent_courtId_caseId_item_idx" ON "Consent"("courtId", "caseId", "item");

-- CreateIndex
CREATE INDEX "Consent_courtId_partyId_idx" ON "Consent"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Consent_courtId_agentId_idx" ON "Consent"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "Consent_courtId_wordingId_idx" ON "Consent"("courtId", "wordingId");

-- CreateIndex
CREATE INDEX "Consent_courtId_recordedById_idx" ON "Consent"("courtId", "recordedById");

-- CreateIndex
CREATE UNIQUE INDEX "Consent_courtId_id_key" ON "Consent"("courtId", "id");

-- CreateIndex
CREATE INDEX "Attachment_courtId_caseId_idx" ON "Attachment"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Attachment_courtId_uploadedById_idx" ON "Attachment"("courtId", "uploadedById");

-- CreateIndex
CREATE INDEX "Attachment_courtId_partyId_idx" ON "Attachment"("courtId", "partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Attachment_courtId_id_key" ON "Attachment"("courtId", "id");

-- CreateIndex
CREATE INDEX "Deadline_courtId_caseId_idx" ON "Deadline"("courtId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "Deadline_courtId_id_key" ON "Deadline"("courtId", "id");

-- CreateIndex
CREATE INDEX "Complaint_courtId_caseId_idx" ON "Complaint"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Complaint_courtId_partyId_idx" ON "Complaint"("courtId", "partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Complaint_courtId_id_key" ON "Complaint"("courtId", "id");

-- CreateIndex
CREATE INDEX "Place_courtId_parentId_idx" ON "Place"("courtId", "parentId");

-- CreateIndex
CREATE UNIQUE INDEX "Place_courtId_id_key" ON "Place"("courtId", "id");

-- CreateIndex
CREATE INDEX "Committee_courtId_placeId_idx" ON "Committee"("courtId", "placeId");

-- CreateIndex
CREATE UNIQUE INDEX "Committee_courtId_id_key" ON "Committee"("courtId", "id");

-- CreateIndex
CREATE INDEX "Station_courtId_placeId_idx" ON "Station"("courtId", "placeId");

-- CreateIndex
CREATE INDEX "Station_courtId_committeeId_idx" ON "Station"("courtId", "committeeId");

-- CreateIndex
CREATE UNIQUE INDEX "Station_courtId_id_key" ON "Station"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StaffUser_loginName_key" ON "StaffUser"("loginName");

-- CreateIndex
CREATE UNIQUE INDEX "StaffUser_courtId_id_key" ON "StaffUser"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StaffUser_courtId_phoneIndex_key" ON "StaffUser"("courtId", "phoneIndex");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_credentialId_key" ON "Passkey"("credentialId");

-- CreateIndex
CREATE INDEX "Passkey_courtId_staffUserId_idx" ON "Passkey"("courtId", "staffUserId");

-- CreateIndex
CREATE UNIQUE INDEX "Passkey_courtId_id_key" ON "Passkey"("courtId", "id");

-- CreateIndex
CREATE INDEX "BackupCode_courtId_staffUserId_idx" ON "BackupCode"("courtId", "staffUserId");

-- CreateIndex
CREATE UNIQUE INDEX "BackupCode_courtId_id_key" ON "BackupCode"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "StaffSession_tokenHash_key" ON "StaffSession"("tokenHash");

-- CreateIndex
CREATE INDEX "StaffSession_courtId_staffUserId_idx" ON "StaffSession"("courtId", "staffUserId");

-- CreateIndex
CREATE INDEX "StaffSession_courtId_deviceId_idx" ON "StaffSession"("courtId", "deviceId");

-- CreateIndex
CREATE UNIQUE INDEX "StaffSession_courtId_id_key" ON "StaffSession"("courtId", "id");

-- CreateIndex
CREATE INDEX "DutyAssignment_courtId_staffUserId_idx" ON "DutyAssignment"("courtId", "staffUserId");

-- CreateIndex
CREATE INDEX "DutyAssignment_courtId_stationId_idx" ON "DutyAssignment"("courtId", "stationId");

-- CreateIndex
CREATE INDEX "DutyAssignment_courtId_committeeId_idx" ON "DutyAssignment"("courtId", "committeeId");

-- CreateIndex
CREATE UNIQUE INDEX "DutyAssignment_courtId_id_key" ON "DutyAssignment"("courtId", "id");

-- CreateIndex
CREATE INDEX "Pairing_courtId_stationId_idx" ON "Pairing"("courtId", "stationId");

-- CreateIndex
CREATE INDEX "Pairing_courtId_judgeId_idx" ON "Pairing"("courtId", "judgeId");

-- CreateIndex
CREATE INDEX "Pairing_courtId_delegateId_idx" ON "Pairing"("courtId", "delegateId");

-- CreateIndex
CREATE UNIQUE INDEX "Pairing_courtId_id_key" ON "Pairing"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Device_enrolCodeHash_key" ON "Device"("enrolCodeHash");

-- CreateIndex
CREATE UNIQUE INDEX "Device_tokenHash_key" ON "Device"("tokenHash");

-- CreateIndex
CREATE INDEX "Device_courtId_stationId_idx" ON "Device"("courtId", "stationId");

-- CreateIndex
CREATE INDEX "Device_courtId_enrolledById_idx" ON "Device"("courtId", "enrolledById");

-- CreateIndex
CREATE UNIQUE INDEX "Device_courtId_id_key" ON "Device"("courtId", "id");

-- CreateIndex
CREATE INDEX "SmsCode_courtId_subjectId_purpose_idx" ON "SmsCode"("courtId", "subjectId", "purpose");

-- CreateIndex
CREATE INDEX "SmsCode_courtId_caseId_idx" ON "SmsCode"("courtId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "SmsCode_courtId_id_key" ON "SmsCode"("courtId", "id");

-- CreateIndex
CREATE INDEX "SmsMessage_courtId_caseId_idx" ON "SmsMessage"("courtId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "SmsMessage_courtId_id_key" ON "SmsMessage"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Session_room_key" ON "Session"("room");

-- CreateIndex
CREATE INDEX "Session_courtId_caseId_idx" ON "Session"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Session_courtId_plannedStart_idx" ON "Session"("courtId", "plannedStart");

-- CreateIndex
CREATE INDEX "Session_courtId_stationId_idx" ON "Session"("courtId", "stationId");

-- CreateIndex
CREATE INDEX "Session_courtId_hostId_idx" ON "Session"("courtId", "hostId");

-- CreateIndex
CREATE UNIQUE INDEX "Session_courtId_id_key" ON "Session"("courtId", "id");

-- CreateIndex
CREATE INDEX "Booking_courtId_resource_idx" ON "Booking"("courtId", "resource");

-- CreateIndex
CREATE INDEX "Booking_courtId_sessionId_idx" ON "Booking"("courtId", "sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Booking_courtId_id_key" ON "Booking"("courtId", "id");

-- CreateIndex
CREATE INDEX "Reschedule_courtId_sessionId_idx" ON "Reschedule"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Reschedule_courtId_partyId_idx" ON "Reschedule"("courtId", "partyId");

-- CreateIndex
CREATE UNIQUE INDEX "Reschedule_courtId_id_key" ON "Reschedule"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Seat_identity_key" ON "Seat"("identity");

-- CreateIndex
CREATE INDEX "Seat_courtId_sessionId_idx" ON "Seat"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Seat_courtId_staffUserId_idx" ON "Seat"("courtId", "staffUserId");

-- CreateIndex
CREATE INDEX "Seat_courtId_partyId_idx" ON "Seat"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Seat_courtId_agentId_idx" ON "Seat"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "Seat_courtId_deviceId_idx" ON "Seat"("courtId", "deviceId");

-- CreateIndex
CREATE UNIQUE INDEX "Seat_courtId_id_key" ON "Seat"("courtId", "id");

-- CreateIndex
CREATE INDEX "Attendee_courtId_sessionId_idx" ON "Attendee"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Attendee_courtId_seatId_idx" ON "Attendee"("courtId", "seatId");

-- CreateIndex
CREATE INDEX "Attendee_courtId_staffUserId_idx" ON "Attendee"("courtId", "staffUserId");

-- CreateIndex
CREATE INDEX "Attendee_courtId_partyId_idx" ON "Attendee"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Attendee_courtId_agentId_idx" ON "Attendee"("courtId", "agentId");

-- CreateIndex
CREATE UNIQUE INDEX "Attendee_courtId_id_key" ON "Attendee"("courtId", "id");

-- CreateIndex
CREATE INDEX "Admission_courtId_sessionId_idx" ON "Admission"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Admission_courtId_admittedById_idx" ON "Admission"("courtId", "admittedById");

-- CreateIndex
CREATE UNIQUE INDEX "Admission_courtId_id_key" ON "Admission"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Admission_courtId_seatId_key" ON "Admission"("courtId", "seatId");

-- CreateIndex
CREATE INDEX "Denial_courtId_sessionId_idx" ON "Denial"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Denial_courtId_seatId_idx" ON "Denial"("courtId", "seatId");

-- CreateIndex
CREATE INDEX "Denial_courtId_byId_idx" ON "Denial"("courtId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "Denial_courtId_id_key" ON "Denial"("courtId", "id");

-- CreateIndex
CREATE INDEX "CheckItem_courtId_sessionId_idx" ON "CheckItem"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "CheckItem_courtId_attendeeId_idx" ON "CheckItem"("courtId", "attendeeId");

-- CreateIndex
CREATE INDEX "CheckItem_courtId_byId_idx" ON "CheckItem"("courtId", "byId");

-- CreateIndex
CREATE UNIQUE INDEX "CheckItem_courtId_id_key" ON "CheckItem"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Caucus_room_key" ON "Caucus"("room");

-- CreateIndex
CREATE INDEX "Caucus_courtId_sessionId_idx" ON "Caucus"("courtId", "sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "Caucus_courtId_id_key" ON "Caucus"("courtId", "id");

-- CreateIndex
CREATE INDEX "Gap_courtId_sessionId_idx" ON "Gap"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Gap_courtId_seatId_idx" ON "Gap"("courtId", "seatId");

-- CreateIndex
CREATE UNIQUE INDEX "Gap_courtId_id_key" ON "Gap"("courtId", "id");

-- CreateIndex
CREATE INDEX "RecordLine_courtId_sessionId_idx" ON "RecordLine"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "RecordLine_courtId_authorId_idx" ON "RecordLine"("courtId", "authorId");

-- CreateIndex
CREATE UNIQUE INDEX "RecordLine_courtId_id_key" ON "RecordLine"("courtId", "id");

-- CreateIndex
CREATE INDEX "Exhibit_courtId_sessionId_idx" ON "Exhibit"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "Exhibit_courtId_attachmentId_idx" ON "Exhibit"("courtId", "attachmentId");

-- CreateIndex
CREATE UNIQUE INDEX "Exhibit_courtId_id_key" ON "Exhibit"("courtId", "id");

-- CreateIndex
CREATE INDEX "RecordingPart_courtId_sessionId_idx" ON "RecordingPart"("courtId", "sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "RecordingPart_courtId_id_key" ON "RecordingPart"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_secretHash_key" ON "Invitation"("secretHash");

-- CreateIndex
CREATE INDEX "Invitation_courtId_caseId_idx" ON "Invitation"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "Invitation_courtId_partyId_idx" ON "Invitation"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "Invitation_courtId_agentId_idx" ON "Invitation"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "Invitation_courtId_createdById_idx" ON "Invitation"("courtId", "createdById");

-- CreateIndex
CREATE UNIQUE INDEX "Invitation_courtId_id_key" ON "Invitation"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "PartySession_tokenHash_key" ON "PartySession"("tokenHash");

-- CreateIndex
CREATE INDEX "PartySession_courtId_caseId_idx" ON "PartySession"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "PartySession_courtId_partyId_idx" ON "PartySession"("courtId", "partyId");

-- CreateIndex
CREATE INDEX "PartySession_courtId_agentId_idx" ON "PartySession"("courtId", "agentId");

-- CreateIndex
CREATE INDEX "PartySession_courtId_deviceId_idx" ON "PartySession"("courtId", "deviceId");

-- CreateIndex
CREATE INDEX "PartySession_courtId_staffSessionId_idx" ON "PartySession"("courtId", "staffSessionId");

-- CreateIndex
CREATE INDEX "PartySession_courtId_invitationId_idx" ON "PartySession"("courtId", "invitationId");

-- CreateIndex
CREATE UNIQUE INDEX "PartySession_courtId_id_key" ON "PartySession"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookReceipt_deliveryId_key" ON "WebhookReceipt"("deliveryId");

-- CreateIndex
CREATE INDEX "WebhookReceipt_courtId_sessionId_idx" ON "WebhookReceipt"("courtId", "sessionId");

-- CreateIndex
CREATE UNIQUE INDEX "WebhookReceipt_courtId_id_key" ON "WebhookReceipt"("courtId", "id");

-- CreateIndex
CREATE INDEX "JudgeCall_courtId_stationId_idx" ON "JudgeCall"("courtId", "stationId");

-- CreateIndex
CREATE INDEX "JudgeCall_courtId_sessionId_idx" ON "JudgeCall"("courtId", "sessionId");

-- CreateIndex
CREATE INDEX "JudgeCall_courtId_caseId_idx" ON "JudgeCall"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "JudgeCall_courtId_callerId_idx" ON "JudgeCall"("courtId", "callerId");

-- CreateIndex
CREATE INDEX "JudgeCall_courtId_takenById_idx" ON "JudgeCall"("courtId", "takenById");

-- CreateIndex
CREATE UNIQUE INDEX "JudgeCall_courtId_id_key" ON "JudgeCall"("courtId", "id");

-- CreateIndex
CREATE INDEX "GuidanceNote_courtId_caseId_idx" ON "GuidanceNote"("courtId", "caseId");

-- CreateIndex
CREATE INDEX "GuidanceNote_courtId_judgeId_idx" ON "GuidanceNote"("courtId", "judgeId");

-- CreateIndex
CREATE UNIQUE INDEX "GuidanceNote_courtId_id_key" ON "GuidanceNote"("courtId", "id");

-- CreateIndex
CREATE INDEX "AuditEvent_courtId_caseId_idx" ON "AuditEvent"("courtId", "caseId");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_courtId_id_key" ON "AuditEvent"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditEvent_courtId_seq_key" ON "AuditEvent"("courtId", "seq");

-- CreateIndex
CREATE UNIQUE INDEX "AuditPersonal_courtId_id_key" ON "AuditPersonal"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditPersonal_courtId_seq_key_key" ON "AuditPersonal"("courtId", "seq", "key");

-- CreateIndex
CREATE UNIQUE INDEX "AuditHead_courtId_id_key" ON "AuditHead"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "AuditHead_courtId_key" ON "AuditHead"("courtId");

-- CreateIndex
CREATE INDEX "LiveEvent_courtId_number_idx" ON "LiveEvent"("courtId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "LiveEvent_courtId_id_key" ON "LiveEvent"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "IdempotencyKey_courtId_id_key" ON "IdempotencyKey"("courtId", "id");

-- CreateIndex
CREATE UNIQUE INDEX "IdempotencyKey_courtId_actor_key_key" ON "IdempotencyKey"("courtId", "actor", "key");

-- AddForeignKey
ALTER TABLE "Agreement" ADD CONSTRAINT "Agreement_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DraftUpdate" ADD CONSTRAINT "DraftUpdate_courtId_agreementId_fkey" FOREIGN KEY ("courtId", "agreementId") REFERENCES "Agreement"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DraftUpdate" ADD CONSTRAINT "DraftUpdate_courtId_staffAuthorId_fkey" FOREIGN KEY ("courtId", "staffAuthorId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DraftVersion" ADD CONSTRAINT "DraftVersion_courtId_agreementId_fkey" FOREIGN KEY ("courtId", "agreementId") REFERENCES "Agreement"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DraftVersion" ADD CONSTRAINT "DraftVersion_courtId_frozenById_fkey" FOREIGN KEY ("courtId", "frozenById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Term" ADD CONSTRAINT "Term_courtId_versionId_fkey" FOREIGN KEY ("courtId", "versionId") REFERENCES "DraftVersion"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_courtId_agreementId_fkey" FOREIGN KEY ("courtId", "agreementId") REFERENCES "Agreement"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Offer" ADD CONSTRAINT "Offer_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "TextApproval" ADD CONSTRAINT "TextApproval_courtId_agreementId_fkey" FOREIGN KEY ("courtId", "agreementId") REFERENCES "Agreement"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "TextApproval" ADD CONSTRAINT "TextApproval_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "TextApproval" ADD CONSTRAINT "TextApproval_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CeremonyStep" ADD CONSTRAINT "CeremonyStep_courtId_versionId_fkey" FOREIGN KEY ("courtId", "versionId") REFERENCES "DraftVersion"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_courtId_versionId_fkey" FOREIGN KEY ("courtId", "versionId") REFERENCES "DraftVersion"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_courtId_certificateId_fkey" FOREIGN KEY ("courtId", "certificateId") REFERENCES "Certificate"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Certificate" ADD CONSTRAINT "Certificate_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TimestampToken" ADD CONSTRAINT "TimestampToken_courtId_signatureId_fkey" FOREIGN KEY ("courtId", "signatureId") REFERENCES "Signature"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Document" ADD CONSTRAINT "Document_courtId_versionId_fkey" FOREIGN KEY ("courtId", "versionId") REFERENCES "DraftVersion"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PaperSigning" ADD CONSTRAINT "PaperSigning_courtId_versionId_fkey" FOREIGN KEY ("courtId", "versionId") REFERENCES "DraftVersion"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PaperSigning" ADD CONSTRAINT "PaperSigning_courtId_checkedBy1Id_fkey" FOREIGN KEY ("courtId", "checkedBy1Id") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PaperSigning" ADD CONSTRAINT "PaperSigning_courtId_checkedBy2Id_fkey" FOREIGN KEY ("courtId", "checkedBy2Id") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_courtId_documentId_fkey" FOREIGN KEY ("courtId", "documentId") REFERENCES "Document"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Service" ADD CONSTRAINT "Service_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Performance" ADD CONSTRAINT "Performance_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Performance" ADD CONSTRAINT "Performance_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Confirmation" ADD CONSTRAINT "Confirmation_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FollowUp" ADD CONSTRAINT "FollowUp_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "FollowUp" ADD CONSTRAINT "FollowUp_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_courtId_committeeId_fkey" FOREIGN KEY ("courtId", "committeeId") REFERENCES "Committee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Case" ADD CONSTRAINT "Case_courtId_createdById_fkey" FOREIGN KEY ("courtId", "createdById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CaseNumberCounter" ADD CONSTRAINT "CaseNumberCounter_courtId_committeeId_fkey" FOREIGN KEY ("courtId", "committeeId") REFERENCES "Committee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_courtId_reportedById_fkey" FOREIGN KEY ("courtId", "reportedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Lead" ADD CONSTRAINT "Lead_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IntakeDraft" ADD CONSTRAINT "IntakeDraft_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IntakeDraft" ADD CONSTRAINT "IntakeDraft_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Party" ADD CONSTRAINT "Party_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Party" ADD CONSTRAINT "Party_courtId_enteredById_fkey" FOREIGN KEY ("courtId", "enteredById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_courtId_proofId_fkey" FOREIGN KEY ("courtId", "proofId") REFERENCES "Attachment"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Agent" ADD CONSTRAINT "Agent_courtId_verifiedById_fkey" FOREIGN KEY ("courtId", "verifiedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_checkedById_fkey" FOREIGN KEY ("courtId", "checkedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_attestedById_fkey" FOREIGN KEY ("courtId", "attestedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_frontId_fkey" FOREIGN KEY ("courtId", "frontId") REFERENCES "Attachment"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "IdentityCheck" ADD CONSTRAINT "IdentityCheck_courtId_backId_fkey" FOREIGN KEY ("courtId", "backId") REFERENCES "Attachment"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Appointment" ADD CONSTRAINT "Appointment_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Appointment" ADD CONSTRAINT "Appointment_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "ConsentWording" ADD CONSTRAINT "ConsentWording_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_courtId_wordingId_fkey" FOREIGN KEY ("courtId", "wordingId") REFERENCES "ConsentWording"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Consent" ADD CONSTRAINT "Consent_courtId_recordedById_fkey" FOREIGN KEY ("courtId", "recordedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_courtId_uploadedById_fkey" FOREIGN KEY ("courtId", "uploadedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Deadline" ADD CONSTRAINT "Deadline_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Complaint" ADD CONSTRAINT "Complaint_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Complaint" ADD CONSTRAINT "Complaint_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Place" ADD CONSTRAINT "Place_courtId_parentId_fkey" FOREIGN KEY ("courtId", "parentId") REFERENCES "Place"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Committee" ADD CONSTRAINT "Committee_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Committee" ADD CONSTRAINT "Committee_courtId_placeId_fkey" FOREIGN KEY ("courtId", "placeId") REFERENCES "Place"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Station" ADD CONSTRAINT "Station_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Station" ADD CONSTRAINT "Station_courtId_placeId_fkey" FOREIGN KEY ("courtId", "placeId") REFERENCES "Place"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Station" ADD CONSTRAINT "Station_courtId_committeeId_fkey" FOREIGN KEY ("courtId", "committeeId") REFERENCES "Committee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "StaffUser" ADD CONSTRAINT "StaffUser_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Passkey" ADD CONSTRAINT "Passkey_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "BackupCode" ADD CONSTRAINT "BackupCode_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "StaffSession" ADD CONSTRAINT "StaffSession_courtId_deviceId_fkey" FOREIGN KEY ("courtId", "deviceId") REFERENCES "Device"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DutyAssignment" ADD CONSTRAINT "DutyAssignment_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DutyAssignment" ADD CONSTRAINT "DutyAssignment_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "DutyAssignment" ADD CONSTRAINT "DutyAssignment_courtId_committeeId_fkey" FOREIGN KEY ("courtId", "committeeId") REFERENCES "Committee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_courtId_judgeId_fkey" FOREIGN KEY ("courtId", "judgeId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Pairing" ADD CONSTRAINT "Pairing_courtId_delegateId_fkey" FOREIGN KEY ("courtId", "delegateId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Device" ADD CONSTRAINT "Device_courtId_enrolledById_fkey" FOREIGN KEY ("courtId", "enrolledById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SmsCode" ADD CONSTRAINT "SmsCode_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SmsCode" ADD CONSTRAINT "SmsCode_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "SmsMessage" ADD CONSTRAINT "SmsMessage_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SmsMessage" ADD CONSTRAINT "SmsMessage_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Session" ADD CONSTRAINT "Session_courtId_hostId_fkey" FOREIGN KEY ("courtId", "hostId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Reschedule" ADD CONSTRAINT "Reschedule_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Reschedule" ADD CONSTRAINT "Reschedule_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Seat" ADD CONSTRAINT "Seat_courtId_deviceId_fkey" FOREIGN KEY ("courtId", "deviceId") REFERENCES "Device"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_courtId_staffUserId_fkey" FOREIGN KEY ("courtId", "staffUserId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Attendee" ADD CONSTRAINT "Attendee_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Admission" ADD CONSTRAINT "Admission_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Admission" ADD CONSTRAINT "Admission_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Admission" ADD CONSTRAINT "Admission_courtId_admittedById_fkey" FOREIGN KEY ("courtId", "admittedById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Denial" ADD CONSTRAINT "Denial_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Denial" ADD CONSTRAINT "Denial_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Denial" ADD CONSTRAINT "Denial_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CheckItem" ADD CONSTRAINT "CheckItem_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CheckItem" ADD CONSTRAINT "CheckItem_courtId_attendeeId_fkey" FOREIGN KEY ("courtId", "attendeeId") REFERENCES "Attendee"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "CheckItem" ADD CONSTRAINT "CheckItem_courtId_byId_fkey" FOREIGN KEY ("courtId", "byId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Caucus" ADD CONSTRAINT "Caucus_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Gap" ADD CONSTRAINT "Gap_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Gap" ADD CONSTRAINT "Gap_courtId_seatId_fkey" FOREIGN KEY ("courtId", "seatId") REFERENCES "Seat"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordLine" ADD CONSTRAINT "RecordLine_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordLine" ADD CONSTRAINT "RecordLine_courtId_authorId_fkey" FOREIGN KEY ("courtId", "authorId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Exhibit" ADD CONSTRAINT "Exhibit_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Exhibit" ADD CONSTRAINT "Exhibit_courtId_attachmentId_fkey" FOREIGN KEY ("courtId", "attachmentId") REFERENCES "Attachment"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "RecordingPart" ADD CONSTRAINT "RecordingPart_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "Invitation" ADD CONSTRAINT "Invitation_courtId_createdById_fkey" FOREIGN KEY ("courtId", "createdById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PartySession" ADD CONSTRAINT "PartySession_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PartySession" ADD CONSTRAINT "PartySession_courtId_partyId_fkey" FOREIGN KEY ("courtId", "partyId") REFERENCES "Party"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PartySession" ADD CONSTRAINT "PartySession_courtId_agentId_fkey" FOREIGN KEY ("courtId", "agentId") REFERENCES "Agent"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PartySession" ADD CONSTRAINT "PartySession_courtId_deviceId_fkey" FOREIGN KEY ("courtId", "deviceId") REFERENCES "Device"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PartySession" ADD CONSTRAINT "PartySession_courtId_staffSessionId_fkey" FOREIGN KEY ("courtId", "staffSessionId") REFERENCES "StaffSession"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "PartySession" ADD CONSTRAINT "PartySession_courtId_invitationId_fkey" FOREIGN KEY ("courtId", "invitationId") REFERENCES "Invitation"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "WebhookReceipt" ADD CONSTRAINT "WebhookReceipt_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WebhookReceipt" ADD CONSTRAINT "WebhookReceipt_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "JudgeCall" ADD CONSTRAINT "JudgeCall_courtId_stationId_fkey" FOREIGN KEY ("courtId", "stationId") REFERENCES "Station"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "JudgeCall" ADD CONSTRAINT "JudgeCall_courtId_sessionId_fkey" FOREIGN KEY ("courtId", "sessionId") REFERENCES "Session"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "JudgeCall" ADD CONSTRAINT "JudgeCall_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "JudgeCall" ADD CONSTRAINT "JudgeCall_courtId_callerId_fkey" FOREIGN KEY ("courtId", "callerId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "JudgeCall" ADD CONSTRAINT "JudgeCall_courtId_takenById_fkey" FOREIGN KEY ("courtId", "takenById") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "GuidanceNote" ADD CONSTRAINT "GuidanceNote_courtId_caseId_fkey" FOREIGN KEY ("courtId", "caseId") REFERENCES "Case"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "GuidanceNote" ADD CONSTRAINT "GuidanceNote_courtId_judgeId_fkey" FOREIGN KEY ("courtId", "judgeId") REFERENCES "StaffUser"("courtId", "id") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- AddForeignKey
ALTER TABLE "AuditEvent" ADD CONSTRAINT "AuditEvent_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditPersonal" ADD CONSTRAINT "AuditPersonal_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "AuditHead" ADD CONSTRAINT "AuditHead_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LiveEvent" ADD CONSTRAINT "LiveEvent_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "IdempotencyKey" ADD CONSTRAINT "IdempotencyKey_courtId_fkey" FOREIGN KEY ("courtId") REFERENCES "Court"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

