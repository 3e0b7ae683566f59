import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError } from '../../api/client.ts';
import { forgetLink, InvitationPage, linkInHand } from '../../features/party-sign-in/index.ts';
import { useWords } from '../../i18n/index.ts';
import { Button, Card, ErrorNotice, Waiting } from '../../ui/index.tsx';
import { PartyFrame } from './party-frame.tsx';
import { PartyStepPage } from './party-step-page.tsx';
import { usePartyHome } from './queries.ts';

/** The party's whole way: no menu and no address to remember, the server says which step it is. */
export function PartyApp() {
  const t = useWords('party');
  const c = useWords('common');
  const queries = useQueryClient();
  const { me, signedIn, home } = usePartyHome();
  const [link, setLink] = useState(linkInHand);
  const expired = home.error instanceof ApiError && home.error.status === 401;
  const forget = () => {
    forgetLink();
    setLink(null);
  };
  if (expired || (me.data && !signedIn))
    return (
      <PartyFrame title={t('title')}>
        <InvitationPage
          onSignedIn={async () => {
            forget();
            await queries.invalidateQueries({ queryKey: ['me'] });
            await queries.invalidateQueries({ queryKey: ['party-home'] });
          }}
        />
      </PartyFrame>
    );
  if (home.error || me.error)
    return (
      <PartyFrame title={t('title')}>
        <ErrorNotice error={home.error ?? me.error} />
        <Button big wide onClick={() => void (me.error ? me.refetch() : home.refetch())}>
          {t('tryAgain')}
        </Button>
      </PartyFrame>
    );
  if (!home.data)
    return (
      <PartyFrame title={t('title')}>
        <Waiting>{c('loading')}</Waiting>
      </PartyFrame>
    );
  // A link was opened while somebody is signed in here: perhaps it is for another person of the family.
  if (link && home.data.via === 'LINK')
    return (
      <PartyFrame title={t('title')}>
        <Card className="col">
          <h1>{t('alreadyIn', { name: home.data.name })}</h1>
          <Button look="primary" big wide onClick={forget}>
            {t('continueAs', { name: home.data.name })}
          </Button>
          <OtherPerson onSignedIn={forget} />
        </Card>
      </PartyFrame>
    );
  return <PartyStepPage home={home.data} />;
}

function OtherPerson({ onSignedIn }: { onSignedIn: () => void }) {
  const t = useWords('party');
  const queries = useQueryClient();
  const [chosen, choose] = useState(false);
  if (!chosen)
    return (
      <Button wide onClick={() => choose(true)}>
        {t('otherPerson')}
      </Button>
    );
  return (
    <InvitationPage
      onSignedIn={async () => {
        onSignedIn();
        await queries.invalidateQueries();
      }}
    />
  );
}
