import { formatDay } from '../dates.ts';

/** One-year LPR in percent, from the day on which each was announced (全国银行间同业拆借中心). Add the newest at the top. */
const lprFrom: readonly [from: string, percent: number][] = [
  ['2025-05-20', 3.0],
  ['2024-10-21', 3.1],
  ['2024-07-22', 3.35],
  ['2023-08-21', 3.45],
  ['2023-06-20', 3.55],
  ['2022-08-22', 3.65],
  ['2022-01-20', 3.7],
];

export const capBasis = '最高人民法院关于审理民间借贷案件适用法律若干问题的规定第25条';

/** The one-year LPR that ran on that day, in percent, and since when. */
export function lprAt(day: string): { from: string; percent: number } {
  const [from, percent] = lprFrom.find(([since]) => since <= day) ?? lprFrom.at(-1) ?? ['', 0];
  return { from, percent };
}

/** Four times the one-year LPR of that day, in percent a year: above it no court supports interest. */
export function interestCapAt(day: string): number {
  return round(lprAt(day).percent * 4);
}

/** `年利率24% > 12%（2025年5月20日公布的一年期LPR 3%的四倍）` */
export function overCap(rate: number, day: string): string {
  const { from, percent } = lprAt(day);
  return `年利率${rate}% > ${interestCapAt(day)}%（${formatDay(from)}公布的一年期LPR ${percent}%的四倍）`;
}

const digits: Record<string, number> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
  十: 10,
};
function number(value: string): number {
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(value);
  if (tens) return (digits[tens[1] ?? ''] ?? 1) * 10 + (digits[tens[2] ?? ''] ?? 0);
  return digits[value] ?? Number(value);
}
const round = (value: number): number => Math.round(value * 100) / 100;
const figure = '(\\d+(?:\\.\\d+)?)';
/** The same, or written out up to 九十九. */
const numeral = '(\\d+(?:\\.\\d+)?|[一二两三四五六七八九十]{1,3})';

/** What people write, and how many of it make percent a year. Village speech: 月息2分 is 2 % a month. */
const spellings: { pattern: RegExp; yearly: (value: number) => number }[] = [
  {
    pattern: new RegExp(`(?:年利率|年化(?:利率)?|年息)[^\\d，。；]{0,4}${figure}\\s*[%％]`, 'g'),
    yearly: (v) => v,
  },
  { pattern: new RegExp(`(?:月利率|月息)[^\\d，。；]{0,4}${figure}\\s*[%％]`, 'g'), yearly: (v) => v * 12 },
  { pattern: new RegExp(`(?:日利率|日息)[^\\d，。；]{0,4}${figure}\\s*[%％]`, 'g'), yearly: (v) => v * 365 },
  {
    pattern: new RegExp(`(?:日利率|日息)[^\\d，。；]{0,4}${figure}\\s*‰`, 'g'),
    yearly: (v) => (v / 10) * 365,
  },
  {
    pattern: new RegExp(`(?:日利率|日息|每日)[^\\d，。；]{0,4}万分之\\s*${numeral}`, 'g'),
    yearly: (v) => (v / 100) * 365,
  },
  {
    pattern: new RegExp(`(?:日利率|日息|每日)[^\\d，。；]{0,4}千分之\\s*${numeral}`, 'g'),
    yearly: (v) => (v / 10) * 365,
  },
  { pattern: new RegExp(`月(?:利率|息)[^\\d，。；]{0,4}百分之\\s*${numeral}`, 'g'), yearly: (v) => v * 12 },
  { pattern: new RegExp(`年(?:利率|息|化)[^\\d，。；]{0,4}百分之\\s*${numeral}`, 'g'), yearly: (v) => v },
  { pattern: /月息\s*(\d+(?:\.\d+)?|[一二两三四五六七八九十])\s*分/g, yearly: (v) => v * 12 },
  { pattern: /(\d+(?:\.\d+)?|[一二两三四五六七八九十])\s*分(?:利|息)/g, yearly: (v) => v * 12 },
];

/** Interest rates named in a text, in percent a year, highest first. */
export function yearlyRates(text: string): number[] {
  const rates = spellings.flatMap(({ pattern, yearly }) =>
    [...text.matchAll(pattern)].map(([, value = '']) => round(yearly(number(value)))),
  );
  return [...new Set(rates.filter((rate) => Number.isFinite(rate)))].sort((a, b) => b - a);
}
