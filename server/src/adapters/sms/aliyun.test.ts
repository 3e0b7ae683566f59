import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SmsRefused } from '../../ports/sms.ts';
import { aliyunSms } from './aliyun.ts';
import { canonicalQuery, signCall } from './aliyun-signature.ts';

describe('signature version 3', () => {
  it('agrees with the worked example of the provider’s documentation', () => {
    const headers = signCall({
      method: 'POST',
      host: 'ecs.cn-shanghai.aliyuncs.com',
      action: 'RunInstances',
      version: '2014-05-26',
      query: { ImageId: 'win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd', RegionId: 'cn-shanghai' },
      accessKeyId: 'YourAccessKeyId',
      accessKeySecret: 'YourAccessKeySecret',
      at: new Date('2023-10-26T10:22:32Z'),
      nonce: '3156853299f313e23d1673dc12e1703d',
    });
    expect(headers.authorization).toBe(
      'ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0',
    );
  });

  it('escapes by RFC 3986 and sorts', () => {
    expect(canonicalQuery({ b: "a b*c~d/e'", A: '同席' })).toBe('A=%E5%90%8C%E5%B8%AD&b=a%20b%2Ac~d%2Fe%27');
  });
});

type Seen = { method: string; url: URL; headers: IncomingMessage['headers'] };
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Answers every call with what the provider was recorded to answer, and checks its signature as the provider does. */
async function provider(answer: { status?: number; body: string }) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    seen.push({ method: request.method ?? '', url, headers: request.headers });
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json;charset=utf-8' });
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const sms = aliyunSms({
    accessKeyId: 'id',
    accessKeySecret: 'secret',
    signName: '云桥法庭',
    templates: {
      code: 'SMS_1',
      invitation: 'SMS_2',
      'signing-code': 'SMS_3',
      sealed: 'SMS_4',
      reminder: 'SMS_5',
      'judge-call': 'SMS_6',
    },
    endpoint: `http://127.0.0.1:${port}/`,
  });
  return { sms, seen };
}

const message = {
  to: '13900000001',
  template: 'code' as const,
  values: { code: '012345' },
  idempotencyKey: 'message-1',
};

describe('SendSms', () => {
  it('sends a signed call with sign name, template and parameters', async () => {
    const { sms, seen } = await provider({
      body: '{"Message":"OK","RequestId":"9A0E4A5B-0000-5B3C-B1C7-1D8F2A9E7C11","Code":"OK","BizId":"900619746936498440^0"}',
    });
    await sms.send(message);
    const [call] = seen;
    if (!call) throw new Error('nothing was sent');
    const query = Object.fromEntries(call.url.searchParams);
    expect(query).toEqual({
      PhoneNumbers: '13900000001',
      SignName: '云桥法庭',
      TemplateCode: 'SMS_1',
      TemplateParam: '{"code":"012345"}',
      OutId: 'message-1',
    });
    const expected = signCall({
      method: 'POST',
      host: call.url.host,
      action: 'SendSms',
      version: '2017-05-25',
      query,
      accessKeyId: 'id',
      accessKeySecret: 'secret',
      at: new Date(String(call.headers['x-acs-date'])),
      nonce: String(call.headers['x-acs-signature-nonce']),
    });
    expect(call.headers.authorization).toBe(expected.authorization);
  });

  it.each([
    ['isv.BUSINESS_LIMIT_CONTROL', false],
    ['isv.MOBILE_NUMBER_ILLEGAL', true],
  ])('tells %s apart (final: %s)', async (code, isFinal) => {
    const { sms } = await provider({ body: JSON.stringify({ Message: 'x', RequestId: 'r', Code: code }) });
    const refusal = await sms.send(message).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(SmsRefused);
    expect(refusal).toMatchObject({ code, final: isFinal });
    expect(String(refusal)).not.toContain(message.to);
  });

  it('takes a gateway’s page for a refusal that may be tried again', async () => {
    const { sms } = await provider({ status: 502, body: '<html>Bad Gateway</html>' });
    await expect(sms.send(message)).rejects.toMatchObject({ code: 'HTTP 502', final: false });
  });
});
