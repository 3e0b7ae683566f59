/** （2025）禾岸人调字第12号 */
export function caseNumber(prefix: string, year: number, sequence: number): string {
  return `（${year}）${prefix}第${sequence}号`;
}
