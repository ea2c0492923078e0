import { afterEach, describe, expect, it } from 'vitest';
import { capabilities, electronCapabilities, setCapabilities } from '../../../../src/main/crypto/index.ts';
import { keyAlgorithms, postQuantumAlgorithms } from '../../../../src/shared/model/algorithms.ts';

describe('the table of capabilities', () => {
  const given = capabilities();
  afterEach(() => setCapabilities(given));

  it('finds everything in Node with OpenSSL 3.5', () => {
    setCapabilities(undefined);
    const { runtime, algorithms, ...others } = capabilities();
    expect(runtime).toBe(`Node ${process.versions.node} with OpenSSL ${process.versions.openssl}`);
    expect(algorithms).toEqual(Object.fromEntries(keyAlgorithms.map((algorithm) => [algorithm, 'native'])));
    expect(others).toEqual({ brainpool: true });
  });

  it('is probed once', () => {
    setCapabilities(undefined);
    expect(capabilities()).toBe(capabilities());
  });

  it('leaves post-quantum algorithms to the library in Electron, and Ed448 to nobody', () => {
    const engines = new Map(Object.entries(electronCapabilities.algorithms));
    expect(keyAlgorithms.filter((one) => engines.get(one) === 'library')).toEqual(postQuantumAlgorithms);
    expect(keyAlgorithms.filter((one) => engines.get(one) === 'none')).toEqual(['ed448']);
  });
});
