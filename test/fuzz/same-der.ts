import { DerReader } from '../../src/main/x509/der/der-reader.ts';
import { type DerWriter, writeDer } from '../../src/main/x509/der/der-writer.ts';

const format = { code: 'INVALID_INPUT', name: 'accepted file', maxBytes: 1 << 28 } as const;

/** Throws unless the writer, told what the reader reads, gives the very bytes: what is accepted has one encoding. */
export function requireSameDer(der: Uint8Array): void {
  const written = writeDer((writer) => copy(DerReader.open(der, format), writer), der.length + 16);
  if (Buffer.compare(written, der) !== 0)
    throw new Error('An accepted file is not in DER: written again it differs.');
}

function copy(reader: DerReader, writer: DerWriter): void {
  while (!reader.isEmpty) {
    const tag = reader.peek();
    if ((tag & 0x20) === 0) writer.value(tag, reader.content(tag, 'element'));
    else {
      const inside = reader.enter(tag, 'element');
      writer.group(tag, () => copy(inside, writer));
    }
  }
}
