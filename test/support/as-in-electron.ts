/** Runs a test file with what Electron's cryptography can do: post-quantum algorithms by the library, no Ed448. */
import { electronCapabilities, prepareCrypto, setCapabilities } from '../../src/main/crypto/index.ts';

setCapabilities(electronCapabilities);
await prepareCrypto();
