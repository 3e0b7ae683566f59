import type { AgreementDocument } from '@tongxi/server/contract/agreement-document.ts';
import type { ApplicationDocument } from '@tongxi/server/contract/confirmation.ts';

/** What people sign: the agreement, or the joint application for its confirmation. */
export type SignedText = AgreementDocument | ApplicationDocument;

export const readText = (canonicalText: string): SignedText => JSON.parse(canonicalText) as SignedText;

/** The numbered clauses, as they stand in what is signed. */
export const clausesOf = (text: SignedText): string[] =>
  text.title === '司法确认申请书' ? text.clauses : text.terms.map((term) => term.text);

/** What is read aloud of the application: all that binds. */
export const spokenParts = (text: ApplicationDocument): string[] => [
  text.title,
  ...text.parties.map((p) => `申请人${p.name}。`),
  text.request,
  text.facts,
  ...text.clauses.map((clause, i) => `第${i + 1}条。${clause}`),
  text.performance,
  text.pledge,
];

/** The application as people read it; every word comes from the bytes that are hashed. */
export function ApplicationText({ document }: { document: ApplicationDocument }) {
  return (
    <>
      <h2>{document.title}</h2>
      {document.parties.map((p) => (
        <p key={p.id}>
          {[
            `申请人：${p.name}`,
            p.sex,
            p.birthDate,
            p.ethnicity,
            p.address,
            p.idNumber ?? p.creditCode,
            p.phone,
          ]
            .filter(Boolean)
            .join('，')}
        </p>
      ))}
      <p>
        <strong>请求事项：</strong>
        {document.request}
      </p>
      <p>
        <strong>事实和理由：</strong>
        {document.facts}
      </p>
      <ol>
        {document.clauses.map((clause) => (
          <li key={clause}>{clause}</li>
        ))}
      </ol>
      <p>{document.performance}</p>
      <p>{document.pledge}</p>
      <p>此致　{document.courtName}</p>
      <p>附：{document.attachments.join('；')}</p>
      <p>{document.date}</p>
    </>
  );
}
