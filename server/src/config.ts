import * as z from 'zod';
import { trustedProxies } from './client-address.ts';
import { isPrivateAddress } from './private-address.ts';

const wholeNumber = z.coerce.number('needs a number').int('needs a whole number');
const Port = wholeNumber.min(0, 'needs 0 to 65535').max(65535, 'needs 0 to 65535');
const oneOf = <const T extends readonly string[]>(...values: T) =>
  z.enum(values, `needs to be one of ${values.join(', ')}`);
const address = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `needs an address such as ${example}` });
const web = address(/^https?$/, 'https://example.org');
const text = z.string().min(1);
/** 32 random bytes, base64: `openssl rand -base64 32`. */
const Key = z
  .string()
  .refine(
    (value) => Buffer.from(value, 'base64').length === 32,
    'needs 32 bytes in base64 (openssl rand -base64 32)',
  );

/** The services of the browsers that have one; a subscription elsewhere is refused. `*.` stands for any host below. */
export const knownPushHosts =
  'fcm.googleapis.com, updates.push.services.mozilla.com, *.push.apple.com, *.notify.windows.com';

const Environment = z.object({
  NODE_ENV: oneOf('development', 'production', 'test').default('development'),
  PORT: Port.default(3000),
  HOST: text.default('127.0.0.1'),
  DATA_DIR: text.default('.local'),
  DATABASE_APP_URL: address(/^postgres(ql)?$/, 'postgresql://service:password@host:5432/name').optional(),
  DATABASE_URL: address(/^postgres(ql)?$/, 'postgresql://user:password@host:5432/name').optional(),
  LIVEKIT_URL: address(/^wss?$/, 'wss://video.example.org').optional(),
  LIVEKIT_API_KEY: text.optional(),
  LIVEKIT_API_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  PUBLIC_URL: web.optional(),
  SEED: oneOf('demo', 'none').default('demo'),
  LOG_LEVEL: oneOf('debug', 'info', 'warn', 'error', 'silent').default('info'),
  TRUSTED_PROXIES: z.string().default(''),
  ALLOWED_HOSTS: z.string().default(''),
  TOKEN_KEY: Key.optional(),
  FIELD_KEY: Key.optional(),
  INDEX_KEY: Key.optional(),
  AUTHORITY_PASSPHRASE: z.string().min(24, 'needs at least 24 characters').optional(),
  REQUESTS_PER_MINUTE: wholeNumber.min(60, 'needs at least 60').default(1200),
  DOMAIN_CLOCK_OFFSET_MS: z.coerce.number('needs a number').int('needs whole milliseconds').default(0),
  TIMESTAMP_URL: z
    .string()
    .transform((list) => list.split(',').map((url) => url.trim()))
    .pipe(z.array(web).min(1))
    .optional(),
  TIMESTAMP_ROOTS: text.optional(),
  SIGNING_AUTHORITY: oneOf('licensed', 'built-in', 'paper').optional(),
  SIGNING_ACKNOWLEDGEMENT: text.optional(),
  SIGNING_ACKNOWLEDGED_BY: z.string().min(4, 'needs name, office and date').optional(),
  SM2_EVIDENCE: oneOf('on', 'off').default('off'),
  SEAL_MAKERS: text.optional(),
  SIGNING_CA_URL: web.optional(),
  SIGNING_CA_TOKEN: text.optional(),
  SIGNING_CA_ROOTS: text.optional(),
  SIGNING_CA_NAME: text.optional(),
  PKCS11_MODULE: text.optional(),
  PKCS11_TOKEN: text.optional(),
  PKCS11_PIN: text.optional(),
  SMS_ALIYUN_ACCESS_KEY_ID: text.optional(),
  SMS_ALIYUN_ACCESS_KEY_SECRET: text.optional(),
  SMS_ALIYUN_SIGN_NAME: text.optional(),
  SMS_ALIYUN_TEMPLATES: text.optional(),
  SIP_TRUNK: text.optional(),
  PUSH_KEY: text.optional(),
  PUSH_HOSTS: z.string().default(knownPushHosts),
  VOICE_URL: web.optional(),
  VOICE_SECRET: z.string().min(32, 'needs at least 32 characters').optional(),
  TRANSCRIBER_URL: web.optional(),
  TRANSCRIBER_TOKEN: text.optional(),
  OIDC_ISSUER: web.optional(),
  OIDC_CLIENT_ID: text.optional(),
  OIDC_CLIENT_SECRET: text.optional(),
  OIDC_NAME: z.string().default('政务身份认证'),
  OIDC_LOGIN_CLAIM: z.string().default('preferred_username'),
  OIDC_STRONG_ACR: z.string().default(''),
  S3_ENDPOINT: web.optional(),
  S3_BUCKET: text.optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ADDRESSING: oneOf('path', 'host').default('path'),
  S3_ACCESS_KEY_ID: text.optional(),
  S3_SECRET_ACCESS_KEY: text.optional(),
  RECORDER: oneOf('embedded', 'egress', 'off').default('embedded'),
  RECORDER_BROWSER: text.optional(),
  RECORDER_URL: web.optional(),
  RECORDING_KEEP_DAYS: z.coerce.number('needs a number').int('needs whole days').min(30).default(3650),
});

/** What opens stored data, tokens and signatures: in production never made by the service itself. */
const ownSecrets = ['TOKEN_KEY', 'FIELD_KEY', 'INDEX_KEY', 'AUTHORITY_PASSPHRASE'] as const;

/** Settings that mean something only together. */
const together = [
  ['LIVEKIT_URL', 'LIVEKIT_API_KEY', 'LIVEKIT_API_SECRET'],
  [
    'SMS_ALIYUN_ACCESS_KEY_ID',
    'SMS_ALIYUN_ACCESS_KEY_SECRET',
    'SMS_ALIYUN_SIGN_NAME',
    'SMS_ALIYUN_TEMPLATES',
  ],
  ['VOICE_URL', 'VOICE_SECRET'],
  ['TIMESTAMP_URL', 'TIMESTAMP_ROOTS'],
  ['SIGNING_CA_URL', 'SIGNING_CA_TOKEN', 'SIGNING_CA_ROOTS', 'SIGNING_CA_NAME'],
  ['PKCS11_MODULE', 'PKCS11_TOKEN', 'PKCS11_PIN'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID'],
  ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'],
] as const;

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
  // An empty variable is an unset one.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success)
    faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const values = parsed.success ? parsed.data : Environment.parse({});
  for (const group of together) {
    const missing = group.filter((name) => set[name] === undefined);
    if (missing.length > 0 && missing.length < group.length)
      faults.push(`${missing.join(', ')}: needed together with ${group.filter((n) => set[n]).join(', ')}`);
  }
  if (values.RECORDER === 'egress' && !(values.S3_BUCKET && values.LIVEKIT_URL))
    faults.push('RECORDER=egress: needs LIVEKIT_URL and S3_BUCKET, where LiveKit Egress leaves its segments');
  if (values.SIP_TRUNK && !values.LIVEKIT_URL)
    faults.push('SIP_TRUNK: needs LIVEKIT_URL, a livekit-server with its SIP service');
  if (values.TRANSCRIBER_TOKEN && !values.TRANSCRIBER_URL)
    faults.push('TRANSCRIBER_TOKEN: needs TRANSCRIBER_URL, the recogniser whose token it is');
  if (values.NODE_ENV === 'production') {
    if (values.TRANSCRIBER_URL && !isSheltered(new URL(values.TRANSCRIBER_URL)))
      faults.push('TRANSCRIBER_URL: production needs https, or an address of your own network');
    if (values.DOMAIN_CLOCK_OFFSET_MS !== 0)
      faults.push('DOMAIN_CLOCK_OFFSET_MS: production refuses an offset clock');
    if (values.SEED === 'demo') faults.push('SEED: production refuses demo data, set SEED=none');
    if (!values.DATABASE_URL) faults.push('DATABASE_URL: production needs its own database');
    if (!values.DATABASE_APP_URL)
      faults.push('DATABASE_APP_URL: production needs a login of its own for the running service');
    for (const name of ownSecrets)
      if (!values[name]) faults.push(`${name}: production refuses a generated secret, give your own`);
    if (!values.LIVEKIT_URL) faults.push('LIVEKIT_URL: production needs its own livekit-server');
    if (!values.PUBLIC_URL?.startsWith('https://'))
      faults.push('PUBLIC_URL: production needs an https address');
  }
  const { unreadable } = trustedProxies(set.TRUSTED_PROXIES ?? '');
  for (const entry of unreadable) faults.push(`TRUSTED_PROXIES: ${entry} is no address and no network`);
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
 * unless `--expose-demo` says so. `--lan` is an explicit choice of its own for the local network: it serves private
 * addresses only, whatever HOST says.
 */
export function demoExposureFaults(facts: { demo: boolean; config: Config }): string[] {
  const { config } = facts;
  if (!facts.demo || config.exposeDemo) return [];
  const faults: string[] = [];
  const ending =
    'a demo database is not for the public; use SEED=none with an empty database, or --expose-demo';
  const allowed = (host: string) => isLoopback(host) || (config.lan && isPrivateAddress(host));
  if (!config.lan && !isLoopback(config.HOST)) faults.push(`HOST=${config.HOST}: ${ending}`);
  if (config.PUBLIC_URL && !allowed(new URL(config.PUBLIC_URL).hostname))
    faults.push(`PUBLIC_URL=${config.PUBLIC_URL}: ${ending}`);
  if (config.DATABASE_URL) faults.push(`DATABASE_URL: ${ending}`);
  return faults;
}

/** What travels there is read by nobody on the way. */
const isSheltered = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || isLoopback(hostname) || isPrivateAddress(hostname);

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
  NODE_ENV (development)   production: refuses generated secrets and a demo database on a public address
  PUBLIC_URL            address that people see, in links and QR codes
  DATABASE_URL          a PostgreSQL of your own instead of the embedded one
  DATABASE_APP_URL      the login that the running service works with; made on the embedded server
  LIVEKIT_URL, LIVEKIT_API_KEY, LIVEKIT_API_SECRET   a livekit-server of your own
  TOKEN_KEY, FIELD_KEY, INDEX_KEY (32 bytes in base64), AUTHORITY_PASSPHRASE   instead of generated secrets
  TRUSTED_PROXIES       addresses or networks of your reverse proxies, whose X-Forwarded-For is believed
  ALLOWED_HOSTS         further names under which people reach this service, beside PUBLIC_URL's
  REQUESTS_PER_MINUTE (1200)   requests that one address may send
  TIMESTAMP_URL         RFC 3161 time-stamp authorities, separated by commas; TIMESTAMP_ROOTS a PEM file of their roots
  SIGNING_AUTHORITY     who vouches: licensed | built-in | paper; until it is chosen nothing is signed electronically
  SIGNING_CA_URL, SIGNING_CA_TOKEN, SIGNING_CA_ROOTS, SIGNING_CA_NAME   a licensed provider's certificate service
  PKCS11_MODULE, PKCS11_TOKEN, PKCS11_PIN   a token or HSM that holds the lasting signing keys: library, label, PIN
  SM2_EVIDENCE (off)    on: an SM2/SM3 signature beside every sealed agreement
  SEAL_MAKERS           a PEM file of seal makers (or their authorities) whose committee seals are accepted (GB/T 38540)
  SIGNING_ACKNOWLEDGEMENT, SIGNING_ACKNOWLEDGED_BY   for the built-in authority, see docs/operators.md
  SMS_ALIYUN_ACCESS_KEY_ID, SMS_ALIYUN_ACCESS_KEY_SECRET, SMS_ALIYUN_SIGN_NAME   text messages
  SMS_ALIYUN_TEMPLATES  their template codes: code=SMS_1,invitation=SMS_2,signing-code=…,sealed=…,reminder=…
  SIP_TRUNK             outbound trunk (ST_…) of LiveKit's SIP service, to dial people into a session by telephone
  PUSH_KEY              key of Web Push to judges' browsers (generated on the embedded servers; PKCS #8, P-256, base64)
  PUSH_HOSTS            push services that are trusted; - switches Web Push off
  VOICE_URL, VOICE_SECRET   a gateway that calls a judge by telephone
  TRANSCRIBER_URL, TRANSCRIBER_TOKEN   a speech recogniser that drafts lines for the recorder, see docs/transcription.md
  OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET   a government identity service for staff
  OIDC_NAME, OIDC_LOGIN_CLAIM (preferred_username), OIDC_STRONG_ACR (acr values that mean two factors)
  S3_ENDPOINT, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY   stored files in a bucket instead of DATA_DIR
  RECORDER (embedded | egress | off)   who records: our own headless browser, LiveKit Egress, nobody
  RECORDER_BROWSER      a Chrome or Chromium for it instead of the packaged one
  RECORDER_URL          where LiveKit Egress finds this service, when that is not PUBLIC_URL
  RECORDING_KEEP_DAYS (3650)   a recording is deleted so many days after its case ended
  S3_REGION (us-east-1), S3_ADDRESSING (path | host: whether the bucket stands in the path or in the host name)
`;
