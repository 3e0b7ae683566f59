import { api, call } from '../../api/client.ts';
import { listMark, useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';

/** Walks chain, files, time stamps and manifest, and says in one sentence what came of it. */
export function CheckRecording({ caseId, recordingId }: { caseId: string; recordingId: string }) {
  const t = useWords('recording');
  const check = useVerb(() =>
    call(api.cases[':caseId'].recordings[':recordingId'].check.$post({ param: { caseId, recordingId } })),
  );
  const found = check.data;
  const broken = found?.faults.map(({ fault, where }) => `${t(`fault.${fault}`)} ${where}`.trim()) ?? [];
  return (
    <div className="col">
      <div>
        <Button busy={check.isPending && t('checking')} onClick={() => check.mutate()}>
          {t('check')}
        </Button>
      </div>
      <ErrorNotice error={check.error} />
      {found && (
        <p
          className={`notice ${broken.length > 0 ? 'seal' : 'ok'}`}
          role="status"
          data-check={broken.length > 0 ? 'broken' : 'fine'}
        >
          {broken.length > 0
            ? t('checkBroken', { count: broken.length, where: broken.slice(0, 5).join(listMark()) })
            : found.deleted
              ? t('checkDeleted', { links: found.links })
              : t('checkFine', { links: found.links, stamps: found.stamps })}
        </p>
      )}
    </div>
  );
}
