import type { VerifyAnswer } from '@tongxi/server/contract/verify.ts';
import { aside, formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';
import { usePictures } from './use-pictures.ts';

const LOOK: Record<VerifyAnswer['verdict'], { mark: string; kind: string }> = {
  genuine: { mark: '✓', kind: 'ok' },
  incomplete: { mark: '…', kind: 'warn' },
  superseded: { mark: '!', kind: 'warn' },
  voided: { mark: '✗', kind: 'seal' },
  changed: { mark: '✗', kind: 'seal' },
  unknown: { mark: '?', kind: '' },
  unreadable: { mark: '?', kind: '' },
};

/** The one sentence, and what it rests on. */
export function VerdictCard({ answer, file }: { answer: VerifyAnswer; file: File }) {
  const t = useWords('verify');
  const { verdict, problems } = answer;
  const { mark, kind } = LOOK[verdict];
  const codes = [...new Set(problems.map(({ code }) => code))].filter((code) => !code.endsWith('MISSING'));
  return (
    <section className={`card verdict ${kind} col`} data-verdict={verdict} role="status">
      <h2>
        <span aria-hidden="true">{mark}</span> {t(`verdict.${verdict}`)}
      </h2>
      <p>
        <Sentence answer={answer} /> {verdict === 'changed' && <ChangedPages file={file} />}
      </p>
      {answer.demo && <p className="notice seal">{t('demo')}</p>}
      {verdict === 'changed' && codes.length > 0 && (
        <div>
          <strong>{t('reasons')}</strong>
          <ul>
            {codes.map((code) => (
              <li key={code}>{t(`problem.${code}`)}</li>
            ))}
          </ul>
        </div>
      )}
      {answer.caseNumber && <p>{t('from', { court: answer.courtName, caseNumber: answer.caseNumber })}</p>}
      {answer.vouching && (
        <p className="muted small" data-vouching={answer.vouching.identity}>
          {answer.vouching.identity === 'LICENSED'
            ? t('vouching.licensed', { provider: answer.vouching.provider ?? '' })
            : t('vouching.builtIn')}{' '}
          {answer.vouching.time === 'EXTERNAL' ? t('vouching.external') : t('vouching.installation')}
        </p>
      )}
    </section>
  );
}

function Sentence({ answer }: { answer: VerifyAnswer }) {
  const t = useWords('verify');
  const language = useLanguage();
  const people = answer.signatures.filter(({ role }) => role !== 'platform' && role !== 'committee').length;
  const seals = answer.signatures.filter(({ role }) => role === 'committee').length;
  const at = answer.effectiveAt === null ? '' : formatMoment(answer.effectiveAt, language);
  const missing = answer.missing.map(({ name, role }) => name + aside(t(`status:role.${role}`)));
  if (answer.verdict === 'incomplete' && missing.length === 0) return t('sentence.stampOnly');
  return t(`sentence.${answer.verdict}`, { people, seals, at, missing: missing.join(listMark()) });
}

/** Which pages differ from the last state that holds. */
function ChangedPages({ file }: { file: File }) {
  const t = useWords('verify');
  const { data, isPending, isError } = usePictures(file, null);
  if (isPending) return null;
  if (isError) return t('sentence.changedUnseen');
  const pages = data.pages.filter(({ areas }) => areas.length > 0).map(({ page }) => page);
  return pages.length === 0
    ? t('sentence.changedNoPages')
    : t('sentence.changedPages', { pages: pages.join(listMark()) });
}
