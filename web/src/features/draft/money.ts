/** `4800.00` from 分, for input fields. */
export const yuanOf = (fen: number): string =>
  fen === 0 ? '' : `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;

/** 分 from what was typed, or null while it is no amount. */
export function fenOf(typed: string): number | null {
  const clean = typed.replace(/[,，¥￥\s]/g, '');
  if (clean === '') return 0;
  const match = /^(\d{1,10})(?:\.(\d{0,2}))?$/.exec(clean);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : null;
}

/** `¥4,800.00` */
export const formatYuan = (fen: number): string =>
  `¥${Math.floor(fen / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ',')}.${String(fen % 100).padStart(2, '0')}`;

const numerals = '零壹贰叁肆伍陆柒捌玖';

/** Amount in capitals while typing; the agreement's own wording comes from the server. */
export function capitals(fen: number): string {
  const yuan = Math.floor(fen / 100);
  const group = (n: number): string => {
    let out = '';
    let zero = false;
    for (const [value, unit] of [
      [1000, '仟'],
      [100, '佰'],
      [10, '拾'],
      [1, ''],
    ] as const) {
      const digit = Math.floor(n / value) % 10;
      if (digit === 0) zero = out !== '';
      else {
        out += (zero ? '零' : '') + numerals[digit] + unit;
        zero = false;
      }
    }
    return out;
  };
  const groups = [Math.floor(yuan / 1e8), Math.floor(yuan / 1e4) % 1e4, yuan % 1e4];
  let words = '';
  for (const [i, n] of groups.entries()) {
    if (n === 0) continue;
    words += (words !== '' && n < 1000 ? '零' : '') + group(n) + (['亿', '万', ''][i] ?? '');
  }
  const jiao = Math.floor(fen / 10) % 10;
  const cent = fen % 10;
  const tail =
    jiao === 0 && cent === 0
      ? '整'
      : `${jiao > 0 ? `${numerals[jiao]}角` : words ? '零' : ''}${cent > 0 ? `${numerals[cent]}分` : '整'}`;
  return `人民币${words ? `${words}元` : ''}${tail}`;
}
