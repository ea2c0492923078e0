import { describe, expect, it } from 'vitest';
import { type LimboCase, limboFile, runLimbo } from './limbo.ts';
import { deviationsOf, readVectors, vectorsFolder, whyMissing } from './vectors.ts';

const strayCommonName =
  'Its common name is not among its alternative names, which webpki::cn::not-in-san wants refused.';

/** Cases that come out otherwise than the suite expects, each with the reason. */
const deviations: Readonly<Record<string, string>> = {
  'rfc5280::aki::cross-signed-root-missing-aki':
    'The certificate is the trust anchor: RFC 5280 section 6.1.1 (d) takes its name and key only, and cve::cve-2024-0567 wants such an anchor taken.',
  'webpki::nc::nc-permits-dns-san-pattern': strayCommonName,
  'webpki::san::exact-localhost-ip-san': strayCommonName,
  'webpki::san::leftmost-wildcard-san': strayCommonName,
};

const suite = readVectors<{ readonly testcases: readonly LimboCase[] }>(vectorsFolder(), limboFile);
if (suite === undefined) {
  describe(`x509-limbo, ${whyMissing(vectorsFolder(), limboFile)}`, () => {
    it.skip('is held against the cases', () => undefined);
  });
} else {
  describe('x509-limbo', () => {
    const outcomes = runLimbo(suite.testcases);

    it('has cases, valid and invalid ones', () => {
      expect(outcomes.length).toBeGreaterThanOrEqual(208);
      expect(new Set(outcomes.map(({ expected }) => expected)).size).toBe(2);
    });

    it('comes out as the suite expects, but for the deviations in the table', () => {
      const found = deviationsOf(outcomes);
      const unexplained = [...found.values()].filter(({ id }) => !(id in deviations));
      expect(unexplained).toEqual([]);
      expect(Object.keys(deviations).filter((id) => !found.has(id))).toEqual([]);
    });
  });
}
