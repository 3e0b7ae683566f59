/** `¥4,800.00` from 分. */
export function formatYuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${sign}¥${yuan}.${digits.slice(-2)}`;
}

const numerals = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const small = ['', '拾', '佰', '仟'];
const big = ['', '万', '亿', '万亿'];

/** 人民币肆仟捌佰元整 from 分 (正确填写票据和结算凭证的基本规定, 附一). */
export function capitalYuan(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError('an amount in 分 is a whole number from 0');
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor(fen / 10) % 10;
  const cent = fen % 10;
  const whole = yuan > 0 ? `${integerPart(yuan)}元` : '';
  if (fen === 0) return '人民币零元整';
  if (jiao === 0 && cent === 0) return `人民币${whole}整`;
  const jiaoPart = jiao > 0 ? `${numerals[jiao]}角` : yuan > 0 ? '零' : '';
  return `人民币${whole}${jiaoPart}${cent > 0 ? `${numerals[cent]}分` : '整'}`;
}

function integerPart(value: number): string {
  const groups: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 10_000)) groups.push(rest % 10_000);
  let out = '';
  let gap = false;
  for (let i = groups.length - 1; i >= 0; i -= 1) {
    const group = groups[i] ?? 0;
    if (group === 0) {
      gap = out !== '';
      continue;
    }
    if (out !== '' && (gap || group < 1000)) out += '零';
    out += groupPart(group) + big[i];
    gap = false;
  }
  return out;
}

function groupPart(group: number): string {
  let out = '';
  let zero = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(group / 10 ** place) % 10;
    if (digit === 0) {
      zero = out !== '';
      continue;
    }
    out += (zero ? '零' : '') + numerals[digit] + small[place];
    zero = false;
  }
  return out;
}
