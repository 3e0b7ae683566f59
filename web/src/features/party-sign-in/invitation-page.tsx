import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, api, call } from '../../api/client.ts';
import { formatMoment, useLanguage, useWords } from '../../i18n/index.ts';
import { Button, Card, Choice, ErrorNotice, Steps, TextField, Waiting } from '../../ui/index.tsx';
import { type InHand, linkInHand } from './link-in-hand.ts';

/** From the link, the QR code or the spoken digits to the person's own session. */
export function InvitationPage({ onSignedIn }: { onSignedIn: () => void }) {
  const [inHand, setInHand] = useState<InHand | null>(linkInHand);
  return inHand ? (
    <Invitation inHand={inHand} onSignedIn={onSignedIn} onOther={() => setInHand(null)} />
  ) : (
    <SpokenCode onTyped={setInHand} />
  );
}

/** Without a link: the eight digits that the station reads out. */
function SpokenCode({ onTyped }: { onTyped: (inHand: InHand) => void }) {
  const t = useWords('party');
  const [digits, setDigits] = useState('');
  const plain = digits.replace(/\D/g, '');
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        onTyped({ spokenCode: plain });
      }}
    >
      <h1>{t('noLinkTitle')}</h1>
      <p>{t('noLinkHint')}</p>
      <TextField
        label={t('spokenCode')}
        value={digits}
        onChange={setDigits}
        inputMode="numeric"
        autoComplete="off"
        maxLength={12}
      />
      <Button look="primary" big wide type="submit" disabled={plain.length !== 8}>
        {t('continue')}
      </Button>
    </form>
  );
}

type InvitationProps = { inHand: InHand; onSignedIn: () => void; onOther: () => void };

function Invitation({ inHand, onSignedIn, onOther }: InvitationProps) {
  const t = useWords('party');
  const c = useWords('common');
  const language = useLanguage();
  const invitation = useQuery({
    queryKey: ['invitation', inHand],
    queryFn: () => call(api.invitations.open.$post({ json: inHand })),
    retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status > 0),
  });
  if (invitation.error)
    return (
      <div className="col">
        <h1>{t('linkFails')}</h1>
        <ErrorNotice error={invitation.error} />
        <p>{t('linkFailsHint')}</p>
        <Button wide onClick={() => void invitation.refetch()}>
          {t('tryAgain')}
        </Button>
        <Button wide onClick={onOther}>
          {t('useSpokenCode')}
        </Button>
      </div>
    );
  if (!invitation.data) return <Waiting>{c('loading')}</Waiting>;
  const { committee, station, stationPhone, startsAt, addressee, maskedPhone } = invitation.data;
  return (
    <div className="col">
      <h1>{t('invited', { committee })}</h1>
      <Card className="col">
        <dl className="facts">
          <dt>{t('for')}</dt>
          <dd>{addressee}</dd>
          <dt>{t('when')}</dt>
          <dd>{startsAt ? formatMoment(startsAt, language) : t('notYetPlanned')}</dd>
          <dt>{t('cost')}</dt>
          <dd>
            <strong>{t('free')}</strong>
          </dd>
          <dt>{t('askAt')}</dt>
          <dd>
            {station} <a href={`tel:${stationPhone}`}>{stationPhone}</a>
          </dd>
        </dl>
      </Card>
      {maskedPhone ? (
        <CodeForm inHand={inHand} phone={maskedPhone} addressee={addressee} onSignedIn={onSignedIn} />
      ) : (
        <Card className="col">
          <h2>{t('noPhoneTitle')}</h2>
          <p>{t('noPhoneHint', { station })}</p>
          <a className="btn primary big wide" href={`tel:${stationPhone}`}>
            {t('callStation')} {stationPhone}
          </a>
        </Card>
      )}
    </div>
  );
}

type CodeFormProps = { inHand: InHand; phone: string; addressee: string; onSignedIn: () => void };

/** Who holds the phone, then the code that it receives. */
function CodeForm({ inHand, phone, addressee, onSignedIn }: CodeFormProps) {
  const t = useWords('party');
  const c = useWords('common');
  const [answeredAs, setAnsweredAs] = useState<'SELF' | 'FAMILY' | null>(null);
  const [code, setCode] = useState('');
  const send = useMutation({
    mutationFn: () => call(api.invitations.code.$post({ json: inHand })),
    onSuccess: () => setCode(''),
  });
  const verify = useMutation({
    mutationFn: () =>
      call(api.invitations.verify.$post({ json: { ...inHand, code, answeredAs: answeredAs ?? 'SELF' } })),
    onSuccess: onSignedIn,
  });
  return (
    <Card className="col">
      <Steps now={send.data ? 2 : 1} total={2} />
      <fieldset className="col plain">
        <legend>
          <strong>{t('whoAreYou')}</strong>
        </legend>
        <Choice
          type="radio"
          name="answered-as"
          checked={answeredAs === 'SELF'}
          onChange={() => setAnsweredAs('SELF')}
        >
          {t('self', { addressee })}
        </Choice>
        <Choice
          type="radio"
          name="answered-as"
          checked={answeredAs === 'FAMILY'}
          onChange={() => setAnsweredAs('FAMILY')}
        >
          {t('family', { addressee })}
        </Choice>
      </fieldset>
      {!send.data ? (
        <>
          <p className="muted">{t('codeGoesTo', { phone })}</p>
          <Button
            look="primary"
            big
            wide
            disabled={!answeredAs}
            busy={send.isPending && c('sending')}
            onClick={() => send.mutate()}
          >
            {t('getCode')}
          </Button>
        </>
      ) : (
        <form
          className="col"
          onSubmit={(event) => {
            event.preventDefault();
            verify.mutate();
          }}
        >
          <p role="status">{t('codeSent', { phone: send.data.maskedPhone })}</p>
          <TextField
            label={t('smsCode')}
            value={code}
            onChange={(value) => setCode(value.replace(/\D/g, ''))}
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={6}
          />
          <Button
            look="primary"
            big
            wide
            type="submit"
            disabled={code.length !== 6}
            busy={verify.isPending && c('sending')}
          >
            {t('enter')}
          </Button>
          <Button look="ghost" disabled={send.isPending} onClick={() => send.mutate()}>
            {t('sendAgain')}
          </Button>
        </form>
      )}
      <ErrorNotice error={verify.error ?? send.error} />
    </Card>
  );
}
