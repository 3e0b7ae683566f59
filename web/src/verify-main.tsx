import { VerifyPage } from './features/verify/index.ts';
import { startEntry } from './shell/providers.tsx';

void startEntry(['verify'], <VerifyPage />);
