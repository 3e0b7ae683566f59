import type { AgreementDocument } from '@tongxi/server/contract/agreement-document.ts';
import { useWords } from '../../i18n/index.ts';
import { ApplicationText, type SignedText, spokenParts } from './shown-text.tsx';

/** The frozen text as people read it; every word comes from the bytes that are hashed. */
export function FullText({ document }: { document: SignedText }) {
  return document.title === '司法确认申请书' ? (
    <ApplicationText document={document} />
  ) : (
    <AgreementText document={document} />
  );
}

function AgreementText({ document }: { document: AgreementDocument }) {
  const t = useWords('ceremony');
  return (
    <>
      <h2>{document.title}</h2>
      <p>{document.caseNumber}</p>
      {document.parties.map((p) => (
        <p key={p.id}>
          {t('partyLine', { name: p.name })} {p.idNumberMasked ?? p.creditCode ?? ''}
        </p>
      ))}
      <p>{document.facts}</p>
      {document.disputed && <p>{document.disputed}</p>}
      <ol>
        {document.terms.map((term) => (
          <li key={term.block.id}>{term.text}</li>
        ))}
      </ol>
      <p>{document.performance}</p>
      <p>
        {document.committeeName} {document.date}
      </p>
    </>
  );
}

/** The same as sentences for a voice, in order and whole: a short piece each, because long ones stop half-way. */
export function spokenSentences(document: SignedText): string[] {
  const all = document.title === '司法确认申请书' ? spokenParts(document) : agreementParts(document);
  return all.flatMap((text) => text.match(/[^。；！？]+[。；！？]?/g) ?? []).filter((s) => s.trim() !== '');
}

function agreementParts(document: AgreementDocument): string[] {
  return [
    document.title,
    ...document.parties.map((p) => `当事人${p.name}。`),
    document.facts,
    document.disputed,
    ...document.terms.map((term, i) => `第${i + 1}条。${term.text}`),
    document.performance,
    `${document.committeeName}，${document.date}。`,
  ];
}
