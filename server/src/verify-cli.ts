import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readTrust } from './adapters/signing/certificate-path.ts';
import { openPictures } from './adapters/signing/open-pictures.ts';
import { signedStates } from './adapters/signing/signed-states.ts';
import { verifySm2Evidence } from './adapters/signing/sm2-evidence.ts';
import { type Trust, verifyAgreement } from './adapters/signing/verify-agreement.ts';
import type { CheckCode, PagePictures, ProblemCode, VerificationReport } from './ports/signing.ts';

const USAGE = `用法 Usage: npm run verify -- FILE --trust trust.pem [--timestamp-trust tsa.pem] [--case NUMBER]
                          [--pictures DIRECTORY] [--json]

核验一份调解协议 PDF 是否出自本系统、是否完整、是否被改动。不联网。
Tells whether an agreement PDF is ours, complete and unchanged. Works offline.

  --trust            受信任的自签名根证书（PEM）  self-signed roots to trust (PEM)
  --timestamp-trust  另行提供的时间戳根证书（PEM）  roots that count for time stamps only (PEM)
  --case             应当属于的案号，不符即不予认可  the case number that it must be of
  --pictures         存放签署时与现在的页面图片  where to put pictures of the pages when signed and now
  --sm2、--sm2-key   另查文件旁的 SM2/SM3 证据及法院公钥（PEM）  also checks SM2/SM3 evidence with the court's public key
  --json             输出机器可读的报告  machine-readable report

退出码 Exit code: 0 真实、完整、未改动（演示文件会注明） genuine, complete, unchanged (a demonstration is said to be one);
1 已改动、不完整、不成立或不是该案 changed, incomplete, invalid or of another case; 2 无法读取或未知 unreadable or unknown
`;
const MAX_BYTES = 64 * 1024 * 1024;
/** One's own machine may take longer than a service with strangers waiting. */
const LIMIT_MS = 120_000;

const VERDICTS: Record<VerificationReport['verdict'], { exit: number; text: string }> = {
  genuine: { exit: 0, text: '真实、完整、未改动  genuine, complete and unchanged' },
  incomplete: { exit: 1, text: '不完整：缺少必需的签名或印章  incomplete: required signatures are missing' },
  changed: { exit: 1, text: '已改动或不成立，不可采信  changed or invalid: do not rely on it' },
  unknown: {
    exit: 2,
    text: '未知：不能证明出自本系统，也不等于是假的  unknown: nothing shows that it is ours, which does not make it false',
  },
  unreadable: { exit: 2, text: '无法读取  unreadable' },
};

const PROBLEMS: Record<ProblemCode, string> = {
  NOT_A_PDF: '不是可读取的 PDF  not a readable PDF',
  NOT_OURS: '没有受信任的平台认证  no certification by a trusted root',
  STRUCTURE: '文件结构不成立  the structure does not hold together',
  CHECK_FAILED: '签名检查未通过  a check of this signature failed',
  SIGNATURE_MISSING: '缺少签名  signature missing',
  SEAL_MISSING: '缺少印章  seal missing',
  ARCHIVE_MISSING: '缺少文档时间戳  document time stamp missing',
  ARCHIVE: '长期验证数据或文档时间戳不成立  long-term data or a document time stamp does not hold',
  CERTIFICATE_REUSED: '同一证书或密钥用于两处  one certificate or key in two places',
  ORDER: '签署顺序不合规则  signed in the wrong order',
  TIME_ORDER: '时间戳早于前一签名  time stamp predates the one before',
  AFTER_SEAL: '盖章之后有追加内容  something was added after the seal',
  UNKNOWN_FIELD: '签在原文没有的签名域  signed in a field that the base does not have',
  TRAILING_BYTES: '文件末尾有多余内容  bytes behind the end',
};

const CHECKS: Record<CheckCode, string> = {
  BYTE_RANGE: '签名范围 byte range',
  DIGEST: '内容摘要 digest',
  SIGNATURE: '签名值 signature',
  CERTIFICATE_REFERENCE: '证书引用 certificate reference',
  CHAIN: '证书链 certificate chain',
  BINDING: '证书与人、案、文绑定 certificate binding',
  TEXT: '所读文本 text hash',
  TIMESTAMP: '时间戳 time stamp',
  ENCODING: '签名编码 encoding',
  REVOCATION: '吊销状态  not revoked',
  REVISION: '修订内容 revision',
};

const time = (value: Date): string =>
  `${value.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })} 北京时间`;

/** Readable report, Chinese and English. */
export function describe(report: VerificationReport, pages: PagePictures['pages'] | null = null): string {
  const lines = [VERDICTS[report.verdict].text];
  const differing = (pages ?? []).filter(({ areas }) => areas.length > 0).map(({ page }) => page);
  if (report.verdict === 'changed' && pages !== null) {
    lines.push(
      differing.length > 0
        ? `与签署时不同的页 pages that differ from what was signed: ${differing.join(', ')}`
        : '页面看上去没有变化，改动在看不见的部分  the pages look the same; the change cannot be seen',
    );
  }
  if (report.demo) lines.push('演示文件，无法律效力  a demonstration, without legal effect');
  const { manifest } = report;
  if (manifest !== null) lines.push(`${manifest.courtName}  ${manifest.caseNumber}`);
  if (report.effectiveAt !== null) {
    // An agreement takes effect by its seal; an application for confirmation bears none, and was signed.
    const sealed = report.signatures.some(({ role }) => role === 'committee');
    lines.push(`${sealed ? '生效时间 effective' : '最后签名 last signature'}: ${time(report.effectiveAt)}`);
  }
  for (const { code, field } of report.problems) {
    lines.push(`✗ ${field === undefined ? '' : `${field}: `}${PROBLEMS[code]}`);
  }
  for (const one of report.signatures) {
    const failed = one.checks.filter(({ ok }) => !ok).map(({ code }) => CHECKS[code]);
    const when = one.time === null ? '时间不明 time unknown' : time(one.time);
    lines.push(`${one.ok ? '✓' : '✗'} ${one.field}  ${one.name}  ${when}`, `    ${one.certificate}`);
    if (failed.length > 0) lines.push(`    未通过 failed: ${failed.join('; ')}`);
  }
  for (const one of report.stamps) {
    const when = one.time === null ? '时间不明 time unknown' : time(one.time);
    lines.push(`${one.ok ? '✓' : '✗'} 文档时间戳 document time stamp  ${when}`, `    ${one.authority}`);
  }
  if (report.signatures.length > 0) {
    lines.push(
      '证书由本系统内置机构签发时，身份与时间只由该系统证明；状态以归档时为准。',
      'With built-in certificates, identity and time are attested by that installation only; status as of archive.',
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Runs the command; returns the exit code. Bad usage answers 2 with the usage text. */
export async function runVerify(args: string[], out: (text: string) => void): Promise<number> {
  let file: string | undefined;
  let values: Values;
  try {
    const parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        'timestamp-trust': { type: 'string' },
        case: { type: 'string' },
        pictures: { type: 'string' },
        sm2: { type: 'string' },
        'sm2-key': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    values = parsed.values;
    file = parsed.positionals[0];
  } catch {
    out(USAGE);
    return 2;
  }
  if (values.help || file === undefined || values.trust === undefined) {
    out(USAGE);
    return values.help ? 0 : 2;
  }
  let trust: ReturnType<typeof readTrust>;
  try {
    const more = values['timestamp-trust'];
    trust = readTrust(await readFile(values.trust, 'utf8'), more && (await readFile(more, 'utf8')));
  } catch (error) {
    out(`信任文件不可用  trust file unusable: ${error instanceof Error ? error.message : ''}\n`);
    return 2;
  }
  let pdf: Buffer;
  try {
    if ((await stat(file)).size > MAX_BYTES) throw new Error('too large');
    pdf = await readFile(file);
  } catch {
    out(`${VERDICTS.unreadable.text}\n`);
    return 2;
  }
  const report = verifyAgreement(pdf, trust);
  const wanted = values.pictures !== undefined || report.verdict === 'changed';
  const pictures = wanted ? await draw(pdf, trust) : null;
  if (values.pictures !== undefined && pictures) await keep(values.pictures, pictures);
  out(values.json ? `${JSON.stringify(report, null, 2)}\n` : describe(report, pictures?.pages));
  if (values.sm2 !== undefined && !(await checkSm2(pdf, values, out))) return 1;
  const { manifest } = report;
  if (values.case === undefined || manifest === null || manifest.caseNumber === values.case) {
    return VERDICTS[report.verdict].exit;
  }
  out(`✗ 不是该案的文件  of another case: ${manifest.caseNumber}\n`);
  return 1;
}

/** Says whether the SM2/SM3 evidence beside the file holds. */
async function checkSm2(pdf: Uint8Array, values: Values, out: (text: string) => void): Promise<boolean> {
  const read = (path = '') => readFile(path, 'utf8').catch(() => '');
  const publicKeyPem = await read(values['sm2-key']);
  const holds = verifySm2Evidence(await read(values.sm2), { pdf, publicKeyPem }) !== null;
  if (!values.json)
    out(
      holds
        ? '✓ SM2/SM3 证据成立  SM2 evidence holds\n'
        : '✗ SM2/SM3 证据不成立  SM2 evidence does not hold\n',
    );
  return holds;
}

type Values = {
  sm2?: string;
  'sm2-key'?: string;
  trust?: string;
  'timestamp-trust'?: string;
  case?: string;
  pictures?: string;
  json?: boolean;
  help?: boolean;
};

/** The last state that holds beside now; null when there is none or it cannot be drawn. */
async function draw(pdf: Uint8Array, trust: Trust): Promise<PagePictures | null> {
  const last = signedStates(pdf, trust).find(({ field }) => field === null);
  if (last === undefined) return null;
  return openPictures({ ms: LIMIT_MS })(pdf.subarray(0, last.end), pdf).catch(() => null);
}

async function keep(directory: string, { pages }: PagePictures): Promise<void> {
  await mkdir(directory, { recursive: true });
  for (const { page, signed, now } of pages) {
    if (signed) await writeFile(join(directory, `page-${page}-signed.webp`), signed);
    if (now) await writeFile(join(directory, `page-${page}-now.webp`), now);
  }
}

if (import.meta.main) {
  process.exitCode = await runVerify(process.argv.slice(2), (text) => process.stdout.write(text));
}
