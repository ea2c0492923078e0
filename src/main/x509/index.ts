/**
 * The encodings of X.509. What it is for: to read and write certificates, requests, CRLs and the files that
 * hold them. Its invariants: it never keeps a private key and never signs (it builds what is to be signed, and
 * joins it with the signature given by the caller; a PKCS#12 file's key only passes through); every byte from outside may be hostile, and whatever it is,
 * the answer is a value or a ChanceryError, in time linear in its length. What does not belong: what may be
 * issued (domain/), keys and signatures (keys/), who issues (services/).
 */
export { assembleSigned } from './certificate/assemble-signed.ts';
export { buildTbsCertificate, type CertificateFields } from './certificate/build-tbs-certificate.ts';
export { certificateKey } from './certificate/certificate-key.ts';
export {
  CertificateTemplate,
  type OwnFields,
  type SharedFields,
} from './certificate/certificate-template.ts';
export {
  type CertificateName,
  type ExtensionSummary,
  type ParsedCertificate,
  parseCertificate,
} from './certificate/parse-certificate.ts';
export { rawExtensions } from './certificate/raw-extensions.ts';
export { type Certified, readCertified } from './certificate/read-certified.ts';
export { newSerialNumber } from './certificate/serial-number.ts';
export { verifyCertificateSignature } from './certificate/verify-certificate-signature.ts';
export {
  buildTbsCertList,
  type CertListFields,
  type CrlFrame,
  encodeRevoked,
  frameSignedCrl,
  frameTbsCertList,
  type RevokedCertificate,
} from './crl/build-tbs-cert-list.ts';
export { type CrlEntry, crlEntries, findCrlEntry } from './crl/find-crl-entry.ts';
export { type ParsedCrl, parseCrl } from './crl/parse-crl.ts';
export { verifyCrlSignature } from './crl/verify-crl-signature.ts';
export { buildCertificationRequest } from './csr/build-certification-request.ts';
export { type CertificationRequest, parseCsr } from './csr/parse-csr.ts';
export { readCsr } from './csr/read-csr.ts';
export { verifyCsr } from './csr/verify-csr.ts';
export { type DerFormat, DerReader } from './der/der-reader.ts';
export { contextGroup, contextValue, tags } from './der/der-tags.ts';
export { writeDer } from './der/der-writer.ts';
export { type RawExtension, readCustomExtensions } from './extensions/custom-extension.ts';
export { extensionNames, extensionOids } from './extensions/extension-oids.ts';
export type { CertificateExtensions } from './extensions/write-extensions.ts';
export { classifyDer, type DerKind } from './files/classify-der.ts';
export { type FileCertificate, fileCertificates } from './files/file-certificates.ts';
export { type JksEntry, type JksListing, listJks, readJks, writeJks } from './files/jks.ts';
export { type Jwk, type ReadJwk, readJwks, writeJwk } from './files/jwk.ts';
export { type PemBlock, readPem, writePem } from './files/pem.ts';
export { writePkcs7 } from './files/pkcs7.ts';
export { decryptPkcs8, encryptPkcs8 } from './files/pkcs8.ts';
export { publicKeyParts } from './files/public-key-encoding.ts';
export { readCertificates } from './files/read-certificates.ts';
export { type Pkcs12, readPkcs12 } from './files/read-pkcs12.ts';
export {
  type FileEncoding,
  type FileKind,
  type Recognised,
  type RecognisedItem,
  recognise,
} from './files/recognise.ts';
export { readSshPublicKey, type SshPublicKey, writeSshPublicKey } from './files/ssh-public-key.ts';
export {
  derivePkcs12Keys,
  type Pkcs12Contents,
  type Pkcs12Keys,
  wipePkcs12Keys,
  writePkcs12,
  writePkcs12Under,
} from './files/write-pkcs12.ts';
export { decodeString } from './names/directory-string.ts';
export { encodeName } from './names/encode-name.ts';
export { formatName, formatSubject } from './names/format-name.ts';
export { formatIpAddress } from './names/ip-address.ts';
export { parseName } from './names/parse-name.ts';
export { normaliseSubjectAltName } from './names/subject-alt-name.ts';
export {
  assembleOcspResponse,
  buildOcspError,
  buildTbsOcspResponse,
  type CertificateStatus,
} from './ocsp/build-ocsp-response.ts';
export { type CertId, isCertIdOf, issuerKeyOf, issuerKeysOf, responderKeyHash } from './ocsp/cert-id.ts';
export { encodedNonceOid } from './ocsp/nonce.ts';
export { buildOcspRequest, type OcspRequest, readOcspRequest } from './ocsp/ocsp-request.ts';
export type { OcspErrorStatus } from './ocsp/ocsp-status.ts';
export { type OcspResponse, readOcspResponse } from './ocsp/read-ocsp-response.ts';
export { postQuantumOids } from './public-key/algorithm-oids.ts';
export {
  type SignatureAlgorithm,
  type SignatureScheme,
  schemeOf,
  signatureAlgorithmFor,
} from './public-key/signature-algorithm.ts';
export {
  describePublicKey,
  encodePostQuantumKey,
  keyAlgorithmOf,
  type PublicKeyDescription,
  publicKeyBytes,
  subjectKeyIdentifier,
} from './public-key/subject-public-key.ts';
export { verifySignature } from './public-key/verify-signature.ts';
export { type EffectiveNameSpace, effectiveNameSpace } from './validation/effective-name-space.ts';
export { distributionPointUrls } from './validation/path-certificate.ts';
export type { PathFailure } from './validation/path-failure.ts';
export type { TrustAnchor } from './validation/trust-anchor.ts';
export {
  type ValidationMaterial,
  type ValidationResult,
  validateCertificate,
} from './validation/validate-certificate.ts';
export type {
  PeerName,
  RevocationMode,
  ValidationOptions,
  ValidationProfile,
} from './validation/validation-options.ts';
export { asn1Text } from './view/asn1-text.ts';
export { type Asn1Level, type Asn1Node, asn1Tree } from './view/asn1-tree.ts';
export { compareCertificates, type Difference } from './view/compare-certificates.ts';
export { sectionsAsText, viewAsText } from './view/view-as-text.ts';
export { viewFields } from './view/view-fields.ts';
export type { ViewField, ViewSection } from './view/view-section.ts';
