import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isHandedOver } from '../../api/acting.ts';
import { ApiError, api, call } from '../../api/client.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, ErrorNotice } from '../../ui/index.tsx';
import { PinField } from './pin-field.tsx';
import { switchHands } from './switch-hands.ts';

/** The director's PIN takes the screen back to where they left it. `ns` is the entry's own words. */
export function PinForm({ ns }: { ns: 'sign-in' | 'party' }) {
  const t = useWords(ns);
  const c = useWords('common');
  const queries = useQueryClient();
  const [pin, setPin] = useState('');
  const back = useMutation({
    mutationFn: () => call(api['hand-overs'].return.$post({ json: { pin } })),
    onSuccess: ({ caseId }) => {
      if (isHandedOver()) switchHands(queries, 'staff');
      else location.replace(caseId ? `/cases/${caseId}` : '/');
    },
    onError: (error) => {
      setPin('');
      // Five wrong PINs ended both sessions: only signing in anew helps.
      if (error instanceof ApiError && ['ACCOUNT_LOCKED', 'UNAUTHENTICATED'].includes(error.code))
        location.replace('/sign-in?error=ACCOUNT_LOCKED');
    },
  });
  return (
    <form
      className="col"
      onSubmit={(event) => {
        event.preventDefault();
        back.mutate();
      }}
    >
      <PinField label={t('pin')} value={pin} onChange={setPin} />
      <ErrorNotice error={back.error} />
      <Button
        look="primary"
        big
        wide
        type="submit"
        disabled={pin.length < 4}
        busy={back.isPending && c('sending')}
      >
        {t('takeBack')}
      </Button>
    </form>
  );
}
