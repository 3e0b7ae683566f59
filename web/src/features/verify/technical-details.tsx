import type { VerifyAnswer } from '@tongxi/server/contract/verify.ts';
import { useWords } from '../../i18n/index.ts';

/** For experts: every check, certificate and hash, and the roots to check offline. */
export function TechnicalDetails({ answer }: { answer: VerifyAnswer }) {
  const t = useWords('verify');
  return (
    <details className="card">
      <summary>{t('technical')}</summary>
      <div className="col small">
        {answer.problems.length > 0 && (
          <ul>
            {answer.problems.map((p) => (
              <li key={`${p.code}${p.field}`}>
                {t(`problem.${p.code}`)} {p.field}
              </li>
            ))}
          </ul>
        )}
        {[...answer.signatures, ...answer.stamps].map((one) => (
          <div key={one.field}>
            <strong>{one.field}</strong>
            <p className="muted">{'certificate' in one ? one.certificate : one.authority}</p>
            <p>{one.checks.map((k) => `${k.ok ? '✓' : '✗'} ${t(`check.${k.code}`)}`).join('　')}</p>
          </div>
        ))}
        <p className="hash">SHA-256 {answer.sha256}</p>
        <p>{t('standing')}</p>
        <a href="/api/trust.pem" download="trust.pem">
          {t('trustFile')}
        </a>
      </div>
    </details>
  );
}
