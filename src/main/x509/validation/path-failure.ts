/** Why a path is not valid, for the person who has to mend it. */
export interface PathFailure {
  /** Place in the path: 0 is the certificate that was asked about, the last one is the trust anchor. */
  readonly certificateIndex: number;
  /** Subject of that certificate, RFC 4514. */
  readonly subject: string;
  /** E.g. `validity.expired`; the names are part of the interface. */
  readonly rule: string;
  /** Where the rule stands, e.g. `RFC 5280 section 6.1.3 (a) (2)`. */
  readonly section: string;
  readonly message: string;
}

/** Notes a failure of the certificate at a place of the path. */
export type Report = (certificateIndex: number, rule: string, section: string, message: string) => void;
