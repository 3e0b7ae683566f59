/** Somebody of the case whom a witness must not be. */
export type Involved = { name: string; idNumber: string | null };
export type WitnessFault = 'MINOR' | 'INVOLVED';

/**
 * Whether somebody can witness a thumbprint: of age, and neither a party, an agent nor one of those who conduct the case
 * (by name or identity number). That they are not interested otherwise they say themselves, by name.
 */
export function witnessFault(
  witness: { name: string; idNumber: string; age: number },
  involved: readonly Involved[],
): WitnessFault | null {
  if (witness.age < 18) return 'MINOR';
  const same = (one: Involved) => one.name === witness.name || one.idNumber === witness.idNumber;
  return involved.some(same) ? 'INVOLVED' : null;
}
