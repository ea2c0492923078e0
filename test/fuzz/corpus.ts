import { DerReader } from '../../src/main/x509/der/der-reader.ts';
import { contextGroup, tags } from '../../src/main/x509/der/der-tags.ts';
import { madeSamples, vectorSamples } from './foreign-samples.ts';
import { ownSamples } from './own-samples.ts';
import type { Sample } from './sample.ts';

/** Every file to be mutated, the kinds in turn, so that a small run sees all of them. */
export function makeCorpus(): Sample[] {
  const samples = [...ownSamples(), ...madeSamples(), ...vectorSamples()];
  return samples.flatMap((sample) => (sample.kind === 'pkcs12' ? [sample, innerOf(sample)] : [sample]));
}

/** What the MAC is over, to be changed and sealed again: otherwise no change would get behind the MAC. */
function innerOf({ name, bytes }: Sample): Sample {
  const format = { code: 'INVALID_INPUT', name: 'PKCS#12 file', maxBytes: bytes.length } as const;
  const file = DerReader.open(bytes, format).enter(tags.sequence, 'file');
  file.element('version');
  const content = file.enter(tags.sequence, 'content');
  content.element('content type');
  const safe = content.enter(contextGroup(0), 'content').octetString('safe');
  return { kind: 'pkcs12-safe', name: `${name}, inside`, bytes: Uint8Array.from(safe) };
}
