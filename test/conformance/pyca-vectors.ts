/** Where Debian's package python3-cryptography-vectors puts its files. */
export const pycaVectors = '/usr/lib/python3/dist-packages/cryptography_vectors';
