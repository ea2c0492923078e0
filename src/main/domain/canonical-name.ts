/** The canonical form of a name, or what is wrong with it as the end of a sentence about it. */
export type CanonicalName =
  | { readonly value: string; readonly problem?: undefined }
  | { readonly problem: string; readonly value?: undefined };
