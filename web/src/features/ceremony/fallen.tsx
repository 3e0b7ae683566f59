import { useQuery } from '@tanstack/react-query';
import type { FallenVersion } from '@tongxi/server/contract/ceremony.ts';
import { api, call } from '../../api/client.ts';
import { formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';

/** The text was changed after somebody had signed: whose signatures fell, and that everybody signs again. */
export function FallenNotice({ fallen }: { fallen: FallenVersion[] }) {
  const t = useWords('ceremony');
  const language = useLanguage();
  const [newest] = fallen;
  if (!newest) return null;
  return (
    <p className="notice warn" role="status" data-fallen={newest.versionNumber}>
      {t('fallen', {
        n: newest.versionNumber,
        names: newest.names.join(listMark()),
        at: formatMoment(newest.voidedAt, language),
      })}
    </p>
  );
}

/** The same where no ceremony runs yet: while the new text is being written. */
export function FallenVersions({ caseId }: { caseId: string }) {
  const query = useQuery({
    queryKey: ['ceremony', caseId, 'fallen'],
    queryFn: () => call(api.cases[':caseId']['fallen-versions'].$get({ param: { caseId } })),
  });
  return <FallenNotice fallen={query.data ?? []} />;
}
