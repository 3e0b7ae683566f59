import { QueryClientProvider } from '@tanstack/react-query';
import { Component, type ReactNode, StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { newQueryClient } from '../api/queries.ts';
import { startLanguage, useWords } from '../i18n/index.ts';
import { Button, Waiting } from '../ui/index.tsx';
import '../styles/app.css';

const queries = newQueryClient();

/** Starts one entry: language first, then the page under its error boundary. */
export async function startEntry(namespaces: string[], page: ReactNode): Promise<void> {
  const theme = localStorage.getItem('tongxi.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
  const size = localStorage.getItem('tongxi.size');
  if (size === 'large' || size === 'xlarge') document.documentElement.dataset.size = size;
  await startLanguage(['common', 'errors', 'status', ...namespaces]);
  const root = document.getElementById('root');
  if (!root) throw new Error('no root element');
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Boundary>
          <Suspense fallback={<Loading />}>{page}</Suspense>
        </Boundary>
      </QueryClientProvider>
    </StrictMode>,
  );
}

function Loading() {
  const t = useWords('common');
  return (
    <main className="page">
      <Waiting>{t('loading')}</Waiting>
    </main>
  );
}

/** A page that broke says so and offers the way on; a new version asks to reload. */
class Boundary extends Component<{ children: ReactNode }, { broken: boolean; stale: boolean }> {
  override state = { broken: false, stale: false };
  static getDerivedStateFromError(error: unknown) {
    return {
      broken: true,
      stale: /dynamically imported module|Importing a module script/.test(String(error)),
    };
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken stale={this.state.stale} /> : this.props.children;
  }
}

function Broken({ stale }: { stale: boolean }) {
  const t = useWords('common');
  return (
    <main className="page narrow col">
      <h1>{t(stale ? 'newVersion' : 'broken')}</h1>
      <p>{t(stale ? 'newVersionHint' : 'brokenHint')}</p>
      <Button look="primary" big onClick={() => location.reload()}>
        {t('reload')}
      </Button>
    </main>
  );
}
