/** 公民身份号码 (GB 11643-1999): 17 digits and a check digit modulo 11-2. */
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checks = '10X98765432';

/** True for 18 characters whose date exists and whose check digit fits. */
export function isIdNumber(value: string): boolean {
  if (!/^\d{17}[\dX]$/.test(value)) return false;
  if (birthDateOf(value) === null) return false;
  const sum = weights.reduce((total, weight, i) => total + weight * Number(value[i]), 0);
  return checks[sum % 11] === value[17];
}

/** Birth date at UTC midnight, or null when the digits are no date. */
export function birthDateOf(idNumber: string): Date | null {
  const [year, month, day] = [idNumber.slice(6, 10), idNumber.slice(10, 12), idNumber.slice(12, 14)].map(
    Number,
  );
  if (!year || !month || !day || year < 1880) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : null;
}

export function sexOf(idNumber: string): '男' | '女' {
  return Number(idNumber[16]) % 2 === 1 ? '男' : '女';
}

/** `330299********0017` */
export function maskIdNumber(idNumber: string): string {
  return `${idNumber.slice(0, 6)}********${idNumber.slice(14)}`;
}
