import { PartyApp } from './roles/party/party-app.tsx';
import { startEntry } from './shell/providers.tsx';

void startEntry(
  [
    'party',
    'consents',
    'session',
    'record',
    'caucus',
    'procedure',
    'exhibits',
    'devices',
    'draft',
    'ceremony',
    'confirmation',
  ],
  <PartyApp />,
);
