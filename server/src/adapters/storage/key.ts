const keyShape = /^[0-9a-f-]{36}\/[a-z-]+\/[0-9a-zA-Z._-]+$/;

/** A storage key (`court/kind/name`) as it is; everything else throws, so that no name leads anywhere else. */
export function checkKey(key: string): string {
  if (!keyShape.test(key) || key.includes('..')) throw new Error('not a storage key');
  return key;
}
