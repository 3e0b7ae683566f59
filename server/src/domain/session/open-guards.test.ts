import { describe, expect, it, test } from 'vitest';
import { type OpenFacts, openGuards } from './open-guards.ts';

const ready: OpenFacts = {
  track: 'A',
  parties: [
    { name: '陈阿根', identityChecked: true, detail: '方慧' },
    { name: '周建波', identityChecked: true, detail: '方慧' },
  ],
  mediators: [{ name: '赵素琴', disclosed: true }],
  warningGiven: '宁波话，方慧宣读',
  rightsRead: '宁波话，方慧宣读',
};
const missing = (change: Partial<OpenFacts>) =>
  openGuards({ ...ready, ...change })
    .filter((guard) => !guard.done)
    .map(({ kind, name }) => [kind, name]);
const [chen, zhou] = ready.parties;

describe('what must be done by name before a session opens', () => {
  it.each<[string, Partial<OpenFacts>, (string | null)[][]]>([
    ['everything is done', {}, []],
    [
      'one person unchecked',
      { parties: [...(chen ? [chen] : []), { name: '周建波', identityChecked: false, detail: null }] },
      [['IDENTITY', '周建波']],
    ],
    ['no warning against false mediation', { warningGiven: null }, [['FALSE_MEDIATION_WARNING', null]]],
    [
      'one of two mediators has not disclosed',
      { mediators: [...ready.mediators, { name: '孙立', disclosed: false }] },
      [['DISCLOSURE', '孙立']],
    ],
    ['nobody mediates', { mediators: [] }, [['DISCLOSURE', null]]],
    ['no rights notice', { rightsRead: null }, [['RIGHTS_NOTICE', null]]],
  ])('%s', (_name, change, expected) => {
    expect(zhou?.name).toBe('周建波');
    expect(missing(change)).toEqual(expected);
  });

  test('track A follows the Rules as its own procedure, B and C under them', () => {
    const bases = (track: OpenFacts['track']) =>
      new Map(openGuards({ ...ready, track }).map((g) => [g.kind, g.basis]));
    expect(bases('A').get('IDENTITY')).toBe('本平台规程（参照《人民法院在线调解规则》第17条）');
    expect(bases('A').get('DISCLOSURE')).toBe('本平台规程（参照《人民法院在线调解规则》第13条）');
    for (const track of ['B', 'C'] as const) {
      expect(bases(track).get('FALSE_MEDIATION_WARNING')).toBe('《人民法院在线调解规则》第17条');
      expect(bases(track).get('DISCLOSURE')).toBe('《人民法院在线调解规则》第13条');
    }
    for (const track of ['A', 'B', 'C'] as const)
      expect(bases(track).get('RIGHTS_NOTICE')).toBe('人民调解法第23、24条');
  });
});
