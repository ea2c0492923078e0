/** OCSPResponseStatus, RFC 6960 section 4.2.1. */
export type OcspErrorStatus =
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized';

export const ocspStatuses: ReadonlyMap<number, OcspErrorStatus | 'successful'> = new Map<
  number,
  OcspErrorStatus | 'successful'
>([
  [0, 'successful'],
  [1, 'malformedRequest'],
  [2, 'internalError'],
  [3, 'tryLater'],
  [5, 'sigRequired'],
  [6, 'unauthorized'],
]);
