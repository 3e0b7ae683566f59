import { OpenAPIHono } from '@hono/zod-openapi';
import { compress } from 'hono/compress';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { TrustedProxies } from './client-address.ts';
import { DomainError } from './domain/errors.ts';
import type { AppEnv } from './http/app-env.ts';
import { cleanText } from './http/clean-text.ts';
import { limitBody, rateLimit, requestContext, sameOriginWrites } from './http/guards.ts';
import { idempotentWrites } from './http/idempotency.ts';
import { onError } from './http/on-error.ts';
import { onlyOwnHosts } from './http/own-hosts.ts';
import { principalOf } from './http/principal.ts';
import { securityHeaders } from './http/security-headers.ts';
import { servePages } from './http/serve-pages.ts';
import { accountRoutes } from './routes/account.ts';
import { afterEffectRoutes } from './routes/after-effect.ts';
import { agreementRoutes } from './routes/agreements.ts';
import { apartRoutes } from './routes/apart.ts';
import { attachmentRoutes } from './routes/attachments.ts';
import { caseRoutes } from './routes/cases.ts';
import { caucusRoutes } from './routes/caucuses.ts';
import { ceremonyRoutes } from './routes/ceremony.ts';
import { ceremonyAidRoutes } from './routes/ceremony-aid.ts';
import { confirmationRoutes } from './routes/confirmation.ts';
import { correctionRoutes } from './routes/corrections.ts';
import { demoRoutes } from './routes/demo.ts';
import { draftingRoutes } from './routes/drafting.ts';
import { exhibitRoutes } from './routes/exhibits.ts';
import { healthRoutes } from './routes/health.ts';
import { intakeRoutes } from './routes/intake.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { judgeCallRoutes } from './routes/judge-calls.ts';
import { liveRoutes } from './routes/live.ts';
import { peopleRoutes } from './routes/people.ts';
import { phoneRoutes } from './routes/phones.ts';
import { pkiRoutes } from './routes/pki.ts';
import { procedureRoutes } from './routes/procedure.ts';
import { recordingRoutes } from './routes/recordings.ts';
import { recordRoutes } from './routes/records.ts';
import { representationRoutes } from './routes/representation.ts';
import { sealRoutes } from './routes/seals.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { signInRoutes } from './routes/sign-in.ts';
import { transcriptionRoutes } from './routes/transcription.ts';
import { verifyRoutes } from './routes/verify.ts';
import { wordingRoutes } from './routes/wordings.ts';
import type { Deps } from './services/context.ts';
import type { LiveHub } from './services/live/hub.ts';

export type AppOptions = {
  hub: LiveHub;
  checkJobs: () => Promise<void>;
  /** Requests that one address may send in a minute; 1200 unless told. */
  requestsPerMinute?: number;
  /** How often an open event stream asks again who listens and what they may hear; 10 s unless told. */
  liveCheckMs?: number;
  /** Reverse proxies of our own, whose X-Forwarded-For is believed; none unless told. */
  proxies?: TrustedProxies;
  /** Names under which people reach the service beside PUBLIC_URL's and this machine's. */
  hosts?: string[];
  /** Folder of the built web app. */
  webDir: string;
  /** Signalling's HTTP half; the upgrades are attached to the server itself. */
  livekit?: { validate(url: string): Promise<{ status: number; body: string }> };
};

/** Every resource under /api. Chained, so that the web's typed client knows them all. */
function apiRoutes(options: AppOptions) {
  return new OpenAPIHono<AppEnv>()
    .route('/', liveRoutes(options.hub, options.liveCheckMs))
    .route('/', signInRoutes())
    .route('/', accountRoutes())
    .route('/', invitationRoutes())
    .route('/', peopleRoutes())
    .route('/', demoRoutes())
    .route('/', caseRoutes())
    .route('/', intakeRoutes())
    .route('/', representationRoutes())
    .route('/', procedureRoutes())
    .route('/', attachmentRoutes())
    .route('/', sessionRoutes())
    .route('/', judgeCallRoutes())
    .route('/', recordRoutes())
    .route('/', caucusRoutes())
    .route('/', apartRoutes())
    .route('/', recordingRoutes())
    .route('/', transcriptionRoutes())
    .route('/', exhibitRoutes())
    .route('/', agreementRoutes())
    .route('/', draftingRoutes())
    .route('/', wordingRoutes())
    .route('/', sealRoutes())
    .route('/', ceremonyRoutes())
    .route('/', confirmationRoutes())
    .route('/', correctionRoutes())
    .route('/', ceremonyAidRoutes())
    .route('/', phoneRoutes())
    .route('/', afterEffectRoutes())
    .route('/', verifyRoutes());
}

/** The whole HTTP surface of one origin: API, health, OpenAPI description, pages. */
export function createApp(deps: Deps, options: AppOptions) {
  const app = new OpenAPIHono<AppEnv>();
  app.use(async (c, next) => {
    c.set('deps', deps);
    await next();
  });
  app.use(
    requestContext(options.proxies ?? { has: () => false }),
    securityHeaders,
    onlyOwnHosts([new URL(deps.settings.publicUrl).hostname, ...(options.hosts ?? [])]),
  );
  app.onError(onError);
  app.notFound(() => {
    throw new DomainError('NOT_FOUND');
  });
  // One account of requests for everything that asks database, jobs or video server.
  const limited = rateLimit(options.requestsPerMinute ?? 1200, 60);
  for (const path of ['/api/*', '/rtc/*', '/readyz']) app.use(path, limited);
  app.use('/api/*', sameOriginWrites, limitBody, cleanText, principalOf, idempotentWrites);
  const routed = app.route('/api', apiRoutes(options)).route('/', healthRoutes(options.checkJobs));
  app.route('/', pkiRoutes());
  app.doc31('/api/openapi.json', {
    openapi: '3.1.0',
    info: {
      title: '同席 Tongxi',
      version: '0.1.0',
      description: 'Remote mediation for shared courts (共享法庭).',
    },
  });
  app.get('/rtc/*', async (c) => {
    const answer =
      options.livekit && c.req.path.endsWith('/validate')
        ? await options.livekit.validate(c.req.url.slice(new URL(c.req.url).origin.length))
        : null;
    if (!answer) throw new DomainError('NOT_FOUND');
    return c.text(answer.body, answer.status as ContentfulStatusCode);
  });
  app.use(compress());
  servePages(app, options.webDir);
  return routed;
}

/** The API's type for the web's client; paths start at /api. */
export type AppType = ReturnType<typeof createApp>;
