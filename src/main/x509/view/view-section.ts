/** What a viewer shows: sections of fields, in the words of the standards. */
export interface ViewField {
  /** In the words of the standard: notAfter, serialNumber, basicConstraints. */
  readonly name: string;
  readonly value: string;
  /** Of an extension. */
  readonly critical?: boolean | undefined;
}

export interface ViewSection {
  /** E.g. `certificate`, `subjectPublicKeyInfo`, `extensions`. */
  readonly name: string;
  readonly fields: readonly ViewField[];
}

/** Hexadecimal digits in pairs, joined by colons. */
export function hexPairs(hex: string): string {
  return hex.replace(/..(?=.)/g, '$&:');
}
