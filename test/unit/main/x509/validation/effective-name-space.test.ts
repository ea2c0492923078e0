import { describe, expect, it } from 'vitest';
import { contextGroup, contextValue, tags } from '../../../../../src/main/x509/der/der-tags.ts';
import { type DerWriter, writeDer } from '../../../../../src/main/x509/der/der-writer.ts';
import { assembleSigned, effectiveNameSpace, encodeName } from '../../../../../src/main/x509/index.ts';
import { signatureAlgorithmIdentifiers } from '../../../../../src/main/x509/public-key/signature-algorithm.ts';
import { generateKey } from '../support/test-authority.ts';

interface Constraints {
  readonly permitted?: readonly string[];
  readonly excluded?: readonly string[];
  readonly pathLength?: number;
}

const { spki } = generateKey('ecdsa-p256');

/** An authority's certificate with name constraints on domains; its signature is of no interest here. */
function authority(
  subject: string,
  issuer: string,
  { permitted, excluded, pathLength }: Constraints,
): Uint8Array {
  const tbs = writeDer((writer) =>
    writer.sequence(() => {
      writer.group(contextGroup(0), () => writer.integer(2));
      writer
        .integer(1)
        .raw(signatureAlgorithmIdentifiers['ecdsa-sha256'])
        .raw(encodeName({ commonName: issuer }));
      writer.sequence(() => writer.text(tags.utcTime, '260101000000Z').text(tags.utcTime, '360101000000Z'));
      writer.raw(encodeName({ commonName: subject })).raw(spki);
      writer.group(contextGroup(3), () =>
        writer.sequence(() => {
          writeExtension(writer, '2.5.29.19', () => {
            writer.sequence(() => {
              writer.boolean(true);
              if (pathLength !== undefined) writer.integer(pathLength);
            });
          });
          if (permitted === undefined && excluded === undefined) return;
          writeExtension(writer, '2.5.29.30', () => {
            writer.sequence(() => {
              writeDomains(writer, 0, permitted);
              writeDomains(writer, 1, excluded);
            });
          });
        }),
      );
    }),
  );
  return assembleSigned(tbs, 'ecdsa-sha256', new Uint8Array(8));
}

function writeExtension(writer: DerWriter, oid: string, writeValue: () => void): void {
  writer.sequence(() => {
    writer.objectIdentifier(oid).boolean(true).group(tags.octetString, writeValue);
  });
}

function writeDomains(writer: DerWriter, number: number, domains: readonly string[] = []): void {
  writer.groupUnlessEmpty(contextGroup(number), () => {
    for (const domain of domains) writer.sequence(() => writer.text(contextValue(2), domain));
  });
}

/** The name space of a chain whose root has the first of the constraints. */
function spaceOf(...constraints: readonly Constraints[]) {
  const chain = constraints.map((own, i) => authority(`A${i}`, `A${Math.max(0, i - 1)}`, own));
  return effectiveNameSpace(chain.reverse());
}

describe('the effective name space of a chain', () => {
  it('is unlimited where nobody limits it', () => {
    expect(spaceOf({}, {})).toEqual({ permitted: {}, excluded: {}, pathLength: undefined });
  });

  it('is the narrower of what two authorities permit', () => {
    const { permitted } = spaceOf({ permitted: ['a.example', 'b.example'] }, { permitted: ['x.a.example'] });
    expect(permitted).toEqual({ dns: ["dns 'x.a.example'"] });
    expect(spaceOf({ permitted: ['x.a.example'] }, { permitted: ['a.example'] }).permitted).toEqual(
      permitted,
    );
  });

  it('is empty for a kind of name of which the authorities permit different ones', () => {
    expect(spaceOf({ permitted: ['a.example'] }, { permitted: ['b.example'] }).permitted).toEqual({
      dns: [],
    });
  });

  it('excludes what any of them excludes', () => {
    const { excluded } = spaceOf({ excluded: ['a.example'] }, { excluded: ['b.example'] });
    expect(excluded).toEqual({ dns: ["dns 'a.example'", "dns 'b.example'"] });
  });

  it('has the path length that is left below it', () => {
    expect(spaceOf({ pathLength: 2 }, {}).pathLength).toBe(1);
    expect(spaceOf({ pathLength: 2 }, { pathLength: 0 }).pathLength).toBe(0);
    expect(spaceOf({ pathLength: 0 }, {}).pathLength).toBe(-1);
  });
});
