import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pageBudgets } from './page-budgets.ts';

/** Entries: staff, parties (small), public verification, and the page that a recording browser opens. Everything is served by the app's own origin. */
export default defineConfig({
  plugins: [react(), pageBudgets()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Ours are in page-budgets.ts; the video client alone is above the usual warning.
    chunkSizeWarningLimit: 700,
    rollupOptions: {
      input: {
        index: resolve(import.meta.dirname, 'index.html'),
        party: resolve(import.meta.dirname, 'party.html'),
        recorder: resolve(import.meta.dirname, 'recorder.html'),
        verify: resolve(import.meta.dirname, 'verify.html'),
      },
    },
  },
});
