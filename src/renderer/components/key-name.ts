/** Key algorithms by the name that people use; one that is not ours stays as it was told. */
import type { TFunction } from 'i18next';
import { KeyAlgorithm } from '../../shared/model/algorithms.ts';

export function keyName(algorithm: string, t: TFunction): string {
  const known = KeyAlgorithm.safeParse(algorithm).data;
  return known === undefined ? algorithm : t(`algorithm.${known}`);
}
