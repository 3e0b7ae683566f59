import * as z from 'zod';

/**
 * Who vouches for identity and time. Certification needs a licensed provider (电子签名法 16–18, 29), so which one it
 * was is stated in certificates, on documents and by the public check, never implied.
 */
export const Vouching = z.object({
  /**
   * DEMO and BUILT_IN: certificates of this installation's own authority. LICENSED: event certificates of a licensed
   * provider. PAPER: nothing is signed electronically. UNCHOSEN: production before its operator chose.
   */
  identity: z.enum(['DEMO', 'BUILT_IN', 'LICENSED', 'PAPER', 'UNCHOSEN']),
  /** EXTERNAL: an RFC 3161 authority elsewhere. INSTALLATION: time is attested by this installation only. */
  time: z.enum(['INSTALLATION', 'EXTERNAL']),
  /** The licensed provider as documents name it; null for the others. */
  provider: z.string().nullable(),
});
export type Vouching = z.infer<typeof Vouching>;

/** The sentence that stands on every electronic document. */
export function vouchingSentence({ identity, time, provider }: Vouching): string {
  const who =
    identity === 'LICENSED'
      ? `证书由${provider ?? '依法设立的电子认证服务机构'}签发`
      : '证书由本系统内置机构签发，非依法许可的电子认证机构';
  const when = time === 'EXTERNAL' ? '时间由外部时间戳服务证明。' : '时间仅由本系统时间戳服务证明。';
  return `${who}；${when}`;
}

/** What an operator writes before the built-in authority may serve real cases, word for word. */
export const builtInAcknowledgement = '我们知悉：证书由本系统内置机构签发，非依法许可的电子认证机构。';
