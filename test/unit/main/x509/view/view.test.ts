import { describe, expect, it } from 'vitest';
import {
  type Asn1Node,
  asn1Tree,
  compareCertificates,
  encodeName,
  viewAsText,
  viewFields,
} from '../../../../../src/main/x509/index.ts';
import { caExtensions, createAuthority, generateKey, issue, issueCrl } from '../support/test-authority.ts';
import { makeCsr } from '../support/test-csr.ts';

const authority = createAuthority('ecdsa-p256');
const { spki } = generateKey('ecdsa-p256');
const leafOf = (commonName: string, host: string) =>
  issue(authority, {
    subjectDer: encodeName({ commonName }),
    spki,
    serialNumber: Buffer.from('5a11', 'hex'),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2026-02-01T00:00:00Z'),
    extensions: { ...caExtensions, subjectAltNames: [{ type: 'dns', value: host }] },
  });
const leaf = leafOf('a', 'a.example');

describe('the fields', () => {
  it('of a certificate are those of its standard', () => {
    const sections = viewFields(leaf);
    const field = (section: string, name: string) =>
      sections.find((each) => each.name === section)?.fields.find((each) => each.name === name);
    expect(field('certificate', 'serialNumber')?.value).toBe('5A:11');
    expect(field('certificate', 'notAfter')?.value).toBe('2026-02-01T00:00:00Z');
    expect(field('subjectPublicKeyInfo', 'algorithm')?.value).toBe('ECDSA P-256');
    expect(field('extensions', 'basicConstraints')).toEqual({
      name: 'basicConstraints',
      value: 'CA',
      critical: true,
    });
  });

  it('of a request and a CRL are there, of the CRL with its first entries', () => {
    expect(viewFields(makeCsr())[0]).toEqual({
      name: 'request',
      fields: [{ name: 'subject', value: 'CN=a.example' }],
    });
    const revoked = Array.from({ length: 120 }, (_, i) => ({
      serialNumber: Buffer.from([0x41, i]),
      revokedAt: new Date('2026-01-01T00:00:00Z'),
      reason: 'keyCompromise' as const,
    }));
    const entries = viewFields(issueCrl(authority, revoked)).find(
      ({ name }) => name === 'revokedCertificates',
    );
    expect(entries?.fields).toHaveLength(101);
    expect(entries?.fields[0]).toEqual({ name: '41:00', value: '2026-01-01T00:00:00Z, keyCompromise' });
    expect(entries?.fields[100]).toEqual({ name: 'more', value: '20' });
  });

  it('of anything else are refused', () => {
    expect(() => viewFields(Uint8Array.of(0x30, 0))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
  });
});

describe('the text', () => {
  it('is laid out in sections, and no value begins a line of its own making', () => {
    const text = viewAsText(leaf);
    expect(text).toContain('Certificate:\n    version: 3\n    serialNumber: 5A:11\n');
    expect(text).toContain('    basicConstraints: critical\n        CA\n');
    const uid = issue(authority, { subjectDer: encodeName({ commonName: 'a' }), spki, extensions: {} });
    expect(viewAsText(uid)).not.toContain('critical');
  });
});

describe('a comparison', () => {
  it('names the fields that differ, with both values', () => {
    const differences = compareCertificates(leaf, leafOf('b', 'b.example'));
    expect(differences).toContainEqual({
      section: 'certificate',
      name: 'subject',
      first: 'CN=a',
      second: 'CN=b',
    });
    expect(differences.map(({ name }) => name)).toEqual([
      'subject',
      'subjectAltName',
      'value',
      'sha256',
      'sha1',
    ]);
    expect(compareCertificates(leaf, leaf)).toEqual([]);
  });
});

function walk(der: Uint8Array, offset?: number): Asn1Node[] {
  return asn1Tree(der, offset).nodes.flatMap((node) => [
    node,
    ...(node.hasChildren ? walk(der, node.offset) : []),
  ]);
}

describe('the tree', () => {
  it('gives one level after another, into the values of extensions', () => {
    const [top, ...others] = asn1Tree(leaf).nodes;
    expect(others).toEqual([]);
    expect(top).toMatchObject({
      type: 'SEQUENCE',
      class: 'universal',
      offset: 0,
      headerLength: 4,
      hasChildren: true,
    });
    expect(top?.length).toBe(leaf.length - 4);
    const nodes = walk(leaf);
    expect(nodes.find(({ name }) => name === 'basicConstraints')).toMatchObject({
      valuePreview: '2.5.29.19',
    });
    expect(nodes.some(({ type, valuePreview }) => type === 'BOOLEAN' && valuePreview === 'TRUE')).toBe(true);
    expect(nodes.some(({ valuePreview }) => valuePreview === 'a.example')).toBe(false);
    expect(nodes.find(({ type }) => type === 'INTEGER')?.valuePreview).toBe('2');
  });

  it('covers every byte of what it shows', () => {
    for (const { offset, headerLength, length, hasChildren, constructed } of walk(leaf)) {
      if (!hasChildren || !constructed) continue;
      const children = asn1Tree(leaf, offset).nodes;
      const sum = children.reduce((total, child) => total + child.headerLength + child.length, 0);
      expect(sum).toBe(length);
      expect(children[0]?.offset).toBe(offset + headerLength);
    }
  });

  it('ends where the bytes are broken, and says how', () => {
    expect(asn1Tree(Uint8Array.of(2, 1, 5, 0x30, 9))).toMatchObject({
      nodes: [{ valuePreview: '5' }],
      problem: expect.stringContaining('claims 9 bytes'),
    });
    expect(asn1Tree(Uint8Array.of(0x30, 0x80))).toMatchObject({
      problem: expect.stringContaining('indefinite'),
    });
    expect(() => asn1Tree(leaf, leaf.length)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    expect(() => asn1Tree(leaf, 1.5)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
  });

  it('lists a thousand elements at most', () => {
    const many = new Uint8Array(4000);
    for (let i = 0; i < many.length; i += 2) many[i] = 5;
    expect(asn1Tree(many)).toMatchObject({ isCut: true });
    expect(asn1Tree(many).nodes).toHaveLength(1000);
  });
});
