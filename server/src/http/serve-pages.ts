import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { DomainError } from '../domain/errors.ts';
import type { AppEnv } from './app-env.ts';

/**
 * The entries of the built web app: /p… for parties, /verify for the public, /recorder for a recording browser,
 * everything else for staff.
 * Hashed assets are cached for ever, pages never.
 */
export function servePages(app: OpenAPIHono<AppEnv>, webDir: string): void {
  app.use(
    '/assets/*',
    serveStatic({
      root: webDir,
      onFound: (_path, c) => c.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  );
  app.use('/favicon.svg', serveStatic({ root: webDir }));
  app.use('/push-worker.js', serveStatic({ root: webDir }));
  const page = (file: string) => async (c: Context<AppEnv>) => {
    const html = await readFile(join(webDir, file), 'utf8');
    c.header('cache-control', 'no-store');
    return c.html(html);
  };
  app.get('/p', page('party.html'));
  app.get('/p/*', page('party.html'));
  app.get('/recorder', page('recorder.html'));
  app.get('/verify', page('verify.html'));
  app.get('/verify/*', page('verify.html'));
  app.get('*', (c) => {
    if (/^\/(api|assets|rtc)(\/|$)/.test(c.req.path)) throw new DomainError('NOT_FOUND');
    return page('index.html')(c);
  });
}
