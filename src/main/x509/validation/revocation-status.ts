/** What is known on a certificate's revocation. */
export type RevocationStatus =
  | { readonly kind: 'good' }
  | { readonly kind: 'revoked'; readonly message: string }
  /** Nothing at hand speaks of the certificate. */
  | { readonly kind: 'unknown'; readonly message: string }
  /** Something at hand is meant for it but cannot be used. */
  | { readonly kind: 'unusable'; readonly message: string };
