import * as z from 'zod';

const Port = z.coerce.number().int().min(0).max(65535);
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

const Environment = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  PORT: Port.default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('.local'),
  DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  LIVEKIT_URL: optional(z.url({ protocol: /^wss?$/ })),
  LIVEKIT_API_KEY: optional(z.string().min(1)),
  LIVEKIT_API_SECRET: optional(z.string().min(32, 'needs at least 32 characters')),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  SEED: z.enum(['demo', 'none']).default('demo'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  REQUESTS_PER_MINUTE: z.coerce.number().int().min(60).default(1200),
  DOMAIN_CLOCK_OFFSET_MS: z.coerce.number().int().default(0),
  TIMESTAMP_URL: optional(z.url({ protocol: /^https?$/ })),
  SMS_ALIYUN_ACCESS_KEY_ID: optional(z.string().min(1)),
  SMS_ALIYUN_ACCESS_KEY_SECRET: optional(z.string().min(1)),
  SMS_ALIYUN_SIGN_NAME: optional(z.string().min(1)),
  SMS_ALIYUN_TEMPLATES: optional(z.string().min(1)),
  OIDC_ISSUER: optional(z.url({ protocol: /^https?$/ })),
  OIDC_CLIENT_ID: optional(z.string().min(1)),
  OIDC_CLIENT_SECRET: optional(z.string().min(1)),
  OIDC_NAME: z.string().default('政务身份认证'),
  OIDC_LOGIN_CLAIM: z.string().default('preferred_username'),
  OIDC_STRONG_ACR: z.string().default(''),
  S3_ENDPOINT: optional(z.url({ protocol: /^https?$/ })),
  S3_BUCKET: optional(z.string().min(1)),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY_ID: optional(z.string().min(1)),
  S3_SECRET_ACCESS_KEY: optional(z.string().min(1)),
});

export type Config = z.infer<typeof Environment> & { lan: boolean; exposeDemo: boolean; help: boolean };

/** The only reader of the environment. Answers with the configuration or with one line per fault. */
export function readConfig(
  env: NodeJS.ProcessEnv,
  args: readonly string[],
): { config: Config; faults: string[] } {
  const known = ['--lan', '--expose-demo', '--help'];
  const faults = args
    .filter((arg) => !known.includes(arg))
    .map((arg) => `${arg}: unknown option (--help lists them)`);
  const parsed = Environment.safeParse(env);
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.success ? parsed.data : Environment.parse({});
  const given = [values.LIVEKIT_URL, values.LIVEKIT_API_KEY, values.LIVEKIT_API_SECRET].filter(
    (v) => v !== undefined,
  ).length;
  if (given !== 0 && given !== 3)
    faults.push('LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET: set all three or none');
  if (values.NODE_ENV === 'production') {
    if (values.DOMAIN_CLOCK_OFFSET_MS !== 0)
      faults.push('DOMAIN_CLOCK_OFFSET_MS: production refuses an offset clock');
    if (values.SEED === 'demo') faults.push('SEED: production refuses demo data, set SEED=none');
    if (!values.DATABASE_URL) faults.push('DATABASE_URL: production needs its own database');
    if (given === 0) faults.push('LIVEKIT_URL: production needs its own livekit-server');
    if (!values.PUBLIC_URL?.startsWith('https://'))
      faults.push('PUBLIC_URL: production needs an https address');
  }
  const config = {
    ...values,
    lan: args.includes('--lan'),
    exposeDemo: args.includes('--expose-demo'),
    help: args.includes('--help'),
  };
  return { config, faults };
}

/**
 * A demo database shows codes and sample people: it refuses a public address, a public URL or an external database
 * unless `--expose-demo` says so. `--lan` is an explicit choice of its own for the local network.
 */
export function demoExposureFaults(facts: { demo: boolean; config: Config }): string[] {
  const { config } = facts;
  if (!facts.demo || config.exposeDemo) return [];
  const faults: string[] = [];
  const ending =
    'a demo database is not for the public; use SEED=none with an empty database, or --expose-demo';
  if (!config.lan && !isLoopback(config.HOST)) faults.push(`HOST=${config.HOST}: ${ending}`);
  if (config.PUBLIC_URL && !isLoopback(new URL(config.PUBLIC_URL).hostname))
    faults.push(`PUBLIC_URL=${config.PUBLIC_URL}: ${ending}`);
  if (config.DATABASE_URL) faults.push(`DATABASE_URL: ${ending}`);
  return faults;
}

export function isLoopback(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    host === '::ffff:127.0.0.1' ||
    /^127\.\d+\.\d+\.\d+$/.test(host)
  );
}

export const help = `同席 Tongxi

  npm start                 start on this machine
  npm start -- --lan        serve the local network over HTTPS (phones need it for the camera)
  npm start -- --expose-demo   let a demo database be reached from outside (never for real cases)
  npm start -- --help       this text

Settings, all optional, as environment variables:
  PORT (3000)  HOST (127.0.0.1)  DATA_DIR (.local)  SEED (demo | none)  LOG_LEVEL (info)
  PUBLIC_URL            address that people see, in links and QR codes
  DATABASE_URL          a PostgreSQL of your own instead of the embedded one
  LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET   a livekit-server of your own
  REQUESTS_PER_MINUTE (1200)   requests that one address may send
  TIMESTAMP_URL         an RFC 3161 time-stamp authority
  SMS_ALIYUN_ACCESS_KEY_ID, SMS_ALIYUN_ACCESS_KEY_SECRET, SMS_ALIYUN_SIGN_NAME   text messages
  SMS_ALIYUN_TEMPLATES  their template codes: code=SMS_1,invitation=SMS_2,signing-code=…,sealed=…,reminder=…
  OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET   a government identity service for staff
  OIDC_NAME, OIDC_LOGIN_CLAIM (preferred_username), OIDC_STRONG_ACR (acr values that mean two factors)
  S3_ENDPOINT, S3_BUCKET, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY      stored files
`;
