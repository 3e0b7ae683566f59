import { expect, test } from 'vitest';
import { type Binding, openToken } from './pkcs11-token.ts';

const fault = (code: number) => Object.assign(new Error(`0x${code.toString(16)}`), { code });

test('a PIN that was refused is never sent again, however often a lost session is asked for', async () => {
  let logins = 0;
  let pinChanged = false;
  const handle = Buffer.alloc(8);
  const library: Partial<Binding> = {
    load: () => {},
    C_Initialize: () => {},
    C_GetSlotList: () => [handle],
    C_GetTokenInfo: () => ({ label: 'court' }),
    C_OpenSession: () => handle,
    C_Login: () => {
      logins += 1;
      if (pinChanged) throw fault(0xa0); // CKR_PIN_INCORRECT
    },
    C_FindObjectsInit: () => {
      throw fault(0xb3); // CKR_SESSION_HANDLE_INVALID
    },
  };
  const token = openToken({ module: 'fake', label: 'court', pin: '1' }, library as Binding);
  pinChanged = true;
  for (let again = 0; again < 3; again += 1) await expect(token.find('key')).rejects.toThrow('PKCS11_PIN');
  expect(logins).toBe(2);
});
