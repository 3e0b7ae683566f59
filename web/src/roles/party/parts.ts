import { lazy } from 'react';
import { withWords } from '../../i18n/index.ts';
import { prepared } from '../../ui/prepared.ts';

// What a party meets after the consents: loaded when its step comes, with the words that only it uses.

export const ConsentSheet = lazy(() =>
  import('../../features/consents/index.ts').then((m) => ({ default: m.ConsentSheet })),
);
export const DeviceCheck = lazy(() =>
  withWords(['devices'], import('../../features/devices/index.ts')).then((m) => ({ default: m.DeviceCheck })),
);
export const Lobby = lazy(() => import('../../features/lobby/index.ts').then((m) => ({ default: m.Lobby })));
export const Outside = lazy(() =>
  import('../../features/room/index.ts').then((m) => ({ default: m.Outside })),
);
export const Room = prepared(() => import('../../features/room/index.ts').then((m) => m.Room));
export const DraftReader = lazy(() =>
  withWords(['draft'], import('../../features/draft/index.ts')).then((m) => ({ default: m.DraftReader })),
);
export const RecordPanel = lazy(() =>
  import('../../features/record/index.ts').then((m) => ({ default: m.RecordPanel })),
);
export const RecordPage = lazy(() =>
  import('../../features/record/index.ts').then((m) => ({ default: m.RecordPage })),
);
export const MessagesPanel = lazy(() =>
  import('../../features/caucus/index.ts').then((m) => ({ default: m.MessagesPanel })),
);
export const RecordLinks = lazy(() =>
  import('../../features/record/index.ts').then((m) => ({ default: m.RecordLinks })),
);
export const SigningFlow = lazy(() =>
  withWords(['ceremony'], import('../../features/ceremony/index.ts')).then((m) => ({
    default: m.SigningFlow,
  })),
);
export const FallenVersions = lazy(() =>
  withWords(['ceremony'], import('../../features/ceremony/index.ts')).then((m) => ({
    default: m.FallenVersions,
  })),
);
export const ConfirmationAsk = lazy(() =>
  withWords(['ceremony', 'confirmation'], import('../../features/confirmation/index.ts')).then((m) => ({
    default: m.ConfirmationAsk,
  })),
);
export const CorrectionAsk = lazy(() =>
  withWords(['correction'], import('../../features/correction/index.ts')).then((m) => ({
    default: m.CorrectionAsk,
  })),
);
export const ServedDocuments = lazy(() =>
  withWords(['served'], import('../../features/served/index.ts')).then((m) => ({
    default: m.ServedDocuments,
  })),
);
export const SealedAgreement = lazy(() =>
  withWords(['ceremony'], import('../../features/sealed/index.ts')).then((m) => ({
    default: m.SealedAgreement,
  })),
);
