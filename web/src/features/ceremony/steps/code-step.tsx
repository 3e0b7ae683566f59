import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../../api/client.ts';
import { useWords } from '../../../i18n/index.ts';
import { Button, ErrorNotice, TextField } from '../../../ui/index.tsx';
import { useVerb } from '../../case/use-verb.ts';
import { at, type StepProps } from './place.ts';

/** The code of this moment; at the station the handed-over screen stands for it. */
export function CodeStep(props: StepProps) {
  return props.ceremony.codeBy === 'STATION' ? <Presence {...props} /> : <SmsCode {...props} />;
}

function Presence({ place, slot }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const present = useVerb(() => call(at.presence.$post({ param: place })));
  return (
    <div className="col">
      <h1>{t('presenceTitle', { name: slot.representative ?? slot.signerName })}</h1>
      <p>{t('presenceHint')}</p>
      <ErrorNotice error={present.error} />
      <Button
        look="primary"
        big
        wide
        busy={present.isPending && c('sending')}
        onClick={() => present.mutate()}
      >
        {t('presenceConfirm')}
      </Button>
    </div>
  );
}

function SmsCode({ place, ceremony }: StepProps) {
  const t = useWords('ceremony');
  const c = useWords('common');
  const [code, setCode] = useState('');
  const send = useMutation({ mutationFn: () => call(at.code.$post({ param: place })) });
  const verify = useVerb(() => call(at.code.verify.$post({ param: place, json: { code } })));
  const values = { phone: ceremony.maskedPhone ?? '', hash: ceremony.baseSha256?.slice(0, 8) ?? '' };
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate();
      }}
    >
      <h1>{t('codeTitle')}</h1>
      <p>{t('codeHint', { ...values, number: ceremony.caseNumber })}</p>
      <Button
        wide={!send.isSuccess}
        look={send.isSuccess ? 'plain' : 'primary'}
        busy={send.isPending && c('sending')}
        onClick={() => send.mutate()}
      >
        {t(send.isSuccess ? 'codeAgain' : 'codeSend')}
      </Button>
      {send.isSuccess && (
        <TextField
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          value={code}
          onChange={(next) => setCode(next.replace(/\D/g, ''))}
          hint={t('codeLate')}
        />
      )}
      <ErrorNotice error={send.error ?? verify.error} />
      {send.isSuccess && (
        <Button
          look="primary"
          type="submit"
          big
          wide
          disabled={!/^\d{6}$/.test(code)}
          busy={verify.isPending && c('sending')}
        >
          {t('next')}
        </Button>
      )}
    </form>
  );
}
