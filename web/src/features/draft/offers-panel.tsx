import type { DraftContent } from '@tongxi/server/contract/draft.ts';
import { useState } from 'react';
import { api, call } from '../../api/client.ts';
import { formatMoment, listMark, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Dialog, ErrorNotice, Tag, Waiting } from '../../ui/index.tsx';
import { useVerb } from '../case/use-verb.ts';
import './draft.css';
import { OfferDialog, type OfferKind } from './offer-dialog.tsx';
import type { Party } from './term-form.tsx';
import { type Offer, useOffers } from './use-offers.ts';

type Making = { kind: OfferKind; counters?: Offer };

/** What is on offer, term by term, and what everybody may say to it. Gone when the talks are over. */
export function OffersPanel({
  caseId,
  parties,
  content,
}: {
  caseId: string;
  parties: Party[];
  content: DraftContent;
}) {
  const t = useWords('draft');
  const c = useWords('common');
  const [making, make] = useState<Making | null>(null);
  const list = useOffers(caseId);
  if (list.error) return <ErrorNotice error={list.error} />;
  if (!list.data) return <Waiting>{c('loading')}</Waiting>;
  const { offers, canOffer, canRecommend } = list.data;
  return (
    <div className="col">
      <p className="muted small">{t('offers.hint')}</p>
      <div className="row">
        {canOffer && <Button onClick={() => make({ kind: 'offer' })}>{t('offers.make')}</Button>}
        {canRecommend && (
          <Button onClick={() => make({ kind: 'recommendation' })}>{t('offers.recommend')}</Button>
        )}
      </div>
      {offers.length === 0 && <p className="muted">{t('offers.none')}</p>}
      {offers.map((offer) => (
        <OfferCard
          key={offer.id}
          caseId={caseId}
          offer={offer}
          place={content.terms.findIndex((term) => term.id === offer.replaces) + 1}
          onCounter={() => make({ kind: 'offer', counters: offer })}
        />
      ))}
      {making && (
        <OfferDialog
          caseId={caseId}
          kind={making.kind}
          counters={making.counters}
          parties={parties}
          terms={content.terms}
          onClose={() => make(null)}
        />
      )}
    </div>
  );
}

function OfferCard({
  caseId,
  offer,
  place,
  onCounter,
}: {
  caseId: string;
  offer: Offer;
  /** Number of the draft's term that it would replace; 0: it would be added. */
  place: number;
  onCounter: () => void;
}) {
  const t = useWords('draft');
  const c = useWords('common');
  const language = useLanguage();
  const param = { caseId, offerId: offer.id };
  const answer = useVerb((accept: boolean) =>
    call(api.cases[':caseId'].offers[':offerId'].answer.$post({ param, json: { accept } })),
  );
  const withdraw = useVerb(() => call(api.cases[':caseId'].offers[':offerId'].withdraw.$post({ param })));
  const { mine, state, blind } = offer;
  const title = t(blind ? 'offers.recommendation' : 'offers.offer', { n: offer.number, name: offer.by });
  return (
    <Card className={state === 'OPEN' && mine.canAnswer ? 'col next' : 'col'} label={title}>
      <div className="row">
        <strong className="grow">{title}</strong>
        <Tag kind={state === 'ACCEPTED' ? 'ok' : state === 'OPEN' ? 'warn' : 'info'}>
          {t(`offers.state.${state}`)}
        </Tag>
      </div>
      <p className="draft-wording">{offer.text}</p>
      <p className="muted small">
        {place > 0 ? t('offers.replaces', { n: place }) : t('offers.adds')}
        {offer.counters !== null && ` · ${t('offers.counters', { n: offer.counters })}`}
        {` · ${formatMoment(offer.at, language)}`}
      </p>
      {offer.note && <p>{offer.note}</p>}
      {offer.accepted.length > 0 && <p>{t('offers.yes', { names: offer.accepted.join(listMark()) })}</p>}
      {offer.waitsFor.length > 0 && (
        <p className="muted">{t('offers.waits', { names: offer.waitsFor.join(listMark()) })}</p>
      )}
      <ErrorNotice error={answer.error ?? withdraw.error} />
      {blind && mine.canAnswer && <BlindAnswer caseId={caseId} offerId={offer.id} />}
      {blind && mine.answered && state === 'OPEN' && <p className="notice ok">{t('blind.answered')}</p>}
      <div className="row">
        {!blind && mine.canAnswer && (
          <>
            <Button
              look="primary"
              busy={answer.isPending && c('sending')}
              onClick={() => answer.mutate(true)}
            >
              {t('offers.accept')}
            </Button>
            <Button disabled={answer.isPending} onClick={() => answer.mutate(false)}>
              {t('offers.decline')}
            </Button>
          </>
        )}
        {mine.canCounter && <Button onClick={onCounter}>{t('offers.counter')}</Button>}
        {mine.canWithdraw && (
          <Button look="ghost" busy={withdraw.isPending && c('sending')} onClick={() => withdraw.mutate()}>
            {t('offers.withdraw')}
          </Button>
        )}
      </div>
    </Card>
  );
}

/** Yes or no, unseen and final; asked once more before it is sealed. */
function BlindAnswer({ caseId, offerId }: { caseId: string; offerId: string }) {
  const t = useWords('draft');
  const c = useWords('common');
  const [word, choose] = useState<'Y' | 'N' | null>(null);
  const send = useVerb(
    (answer: 'Y' | 'N') =>
      call(
        api.cases[':caseId'].recommendations[':offerId'].answer.$post({
          param: { caseId, offerId },
          json: { answer, nonce: crypto.randomUUID().replaceAll('-', '') },
        }),
      ),
    () => choose(null),
  );
  return (
    <div className="col">
      <p className="notice">{t('blind.hint')}</p>
      <div className="row">
        <Button onClick={() => choose('Y')}>{t('blind.yes')}</Button>
        <Button onClick={() => choose('N')}>{t('blind.no')}</Button>
      </div>
      {word && (
        <Dialog title={t(word === 'Y' ? 'blind.sureYes' : 'blind.sureNo')} onClose={() => choose(null)}>
          <p>{t('blind.final')}</p>
          <ErrorNotice error={send.error} />
          <Button look="primary" big busy={send.isPending && c('sending')} onClick={() => send.mutate(word)}>
            {c('confirm')}
          </Button>
          <Button look="ghost" onClick={() => choose(null)}>
            {c('cancel')}
          </Button>
        </Dialog>
      )}
    </div>
  );
}
