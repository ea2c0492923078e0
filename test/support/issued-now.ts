import type { Answer, Output } from '../../src/shared/operations/index.ts';

/** The certificate of an answer to issuing; throws where it only waits for an approval. */
export function issuedNow(answer: Answer<'certificates.issue'>): Output<'certificates.issue'> {
  if ('requestId' in answer) throw new Error(`the request ${answer.requestId} waits for an approval`);
  return answer;
}
