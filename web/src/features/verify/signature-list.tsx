import type { VerifyAnswer } from '@tongxi/server/contract/verify.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Tag } from '../../ui/index.tsx';

type Signature = VerifyAnswer['signatures'][number];

/** Who signed, when by token, how verified, whether it holds; the pages of that moment a tap away. */
export function SignatureList(props: {
  answer: VerifyAnswer;
  chosen: string | null;
  onChoose: (field: string) => void;
}) {
  const t = useWords('verify');
  const { answer, chosen, onChoose } = props;
  const language = useLanguage();
  if (answer.signatures.length === 0) return null;
  return (
    <Card className="col" label={t('signatures')}>
      <h2>{t('signatures')}</h2>
      <ul className="signatures">
        {answer.signatures.map((one) => (
          <li key={one.field}>
            <span className={`mark ${one.ok ? '' : 'bad'}`} aria-hidden="true">
              {one.ok ? (one.role === 'committee' ? '章' : '✓') : '✗'}
            </span>
            <div className="col">
              <div className="row">
                <strong>{one.name || one.field}</strong>
                <span className="muted">{t(`status:role.${one.role}`)}</span>
                {!one.ok && <Tag kind="seal">{t('unsound')}</Tag>}
              </div>
              <p>{one.time ? t('signedAt', { at: formatMoment(one.time, language) }) : t('noTime')}</p>
              <Means signature={one} />
              {!one.ok && (
                <ul className="small">
                  {one.checks
                    .filter(({ ok }) => !ok)
                    .map(({ code }) => (
                      <li key={code}>✗ {t(`check.${code}`)}</li>
                    ))}
                </ul>
              )}
              {one.role !== 'platform' && (
                <Button look="ghost" aria-pressed={chosen === one.field} onClick={() => onChoose(one.field)}>
                  {t('pages.button')}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {answer.stamps.map((stamp) => (
        <p key={stamp.field} className="small">
          <span aria-hidden="true">{stamp.ok ? '✓' : '✗'}</span>{' '}
          {stamp.ok && stamp.time ? t('stamp', { at: formatMoment(stamp.time, language) }) : t('stampBroken')}
        </p>
      ))}
      {answer.verdict === 'genuine' && answer.stamps.length === 0 && (
        <p className="muted small">{t('noStamp')}</p>
      )}
    </Card>
  );
}

/** How the person was verified, and whether the certificate leads to a root of ours. */
function Means({ signature }: { signature: Signature }) {
  const t = useWords('verify');
  const chain = signature.checks.find(({ code }) => code === 'CHAIN')?.ok === true;
  const ways = signature.verification === '' ? [] : signature.verification.split('+');
  const words = ways.map((way) => t(`way.${way}`, { defaultValue: way }));
  if (ways.length > 0) words.push(t('oneTime'));
  return <p className="muted small">{[...words, t(chain ? 'trusted' : 'untrusted')].join(t('listComma'))}</p>;
}
