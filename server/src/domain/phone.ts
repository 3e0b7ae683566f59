/** A mainland mobile number: 11 digits, first 1, second 3–9. */
export function isMobile(value: string): boolean {
  return /^1[3-9]\d{9}$/.test(value);
}

/** `139****0001` */
export function maskPhone(phone: string): string {
  return phone.length === 11
    ? `${phone.slice(0, 3)}****${phone.slice(7)}`
    : `${phone.slice(0, 2)}****${phone.slice(-2)}`;
}
