import { PartyApp } from './roles/party/party-app.tsx';
import { startEntry } from './shell/providers.tsx';

void startEntry(
  ['party', 'consents', 'session', 'record', 'recording', 'apart', 'caucus', 'procedure', 'exhibits'],
  <PartyApp />,
);
