/** The fields that certificates are asked for by: each with its names, its kind, and the words of its values. */
import { extendedKeyUsages, keyUsages } from '../model/names.ts';
import type { QueryOperator } from './query.ts';

/** `list`: several words at once, of which -eq asks whether one is among them. */
export type QueryKind = 'text' | 'date' | 'number' | 'boolean' | 'enumeration' | 'list';

export type QueryFieldName = (typeof queryFields)[number]['name'];

export interface QueryField {
  readonly name: QueryFieldName;
  /** Other names for the same. */
  readonly aliases: readonly string[];
  readonly kind: QueryKind;
  /** Of an enumeration or a list: words that are taken, in lower case without spaces, and what they mean. */
  readonly words?: Readonly<Record<string, string>>;
  /** What is offered of the words, the first for each meaning. */
  readonly offered?: readonly string[];
}

/** What people note about certificates, under a name of their own. */
export interface NoteField {
  /** As it was asked for. */
  readonly note: string;
  /** As it is stored, in all its spellings. */
  readonly names: readonly string[];
  readonly kind: 'text' | 'date' | 'number' | 'boolean';
}

const textOperators: readonly QueryOperator[] = [
  '-eq',
  '-ne',
  '-contains',
  '-notcontains',
  '-startswith',
  '-endswith',
];
const orderOperators: readonly QueryOperator[] = ['-eq', '-ne', '-lt', '-le', '-gt', '-ge'];

/** Which operators go with which kind of field. */
export const operatorsOf: Readonly<Record<QueryKind, readonly QueryOperator[]>> = {
  text: textOperators,
  date: orderOperators,
  number: orderOperators,
  boolean: ['-eq', '-ne'],
  enumeration: ['-eq', '-ne'],
  list: ['-eq', '-ne', '-contains', '-notcontains'],
};

const text = <Name extends string>(name: Name, ...aliases: string[]) =>
  ({ name, aliases, kind: 'text' }) as const;
const date = <Name extends string>(name: Name, ...aliases: string[]) =>
  ({ name, aliases, kind: 'date' }) as const;
const number = <Name extends string>(name: Name, ...aliases: string[]) =>
  ({ name, aliases, kind: 'number' }) as const;
const boolean = <Name extends string>(name: Name, ...aliases: string[]) =>
  ({ name, aliases, kind: 'boolean' }) as const;

/** The state, as its number, its name or both: `1`, `Active`, `Active (1)`. */
const states = ['Unknown', 'Active', 'Revoked', 'Denied', 'Failed', 'Pending'];
const stateWords = Object.fromEntries(
  states.flatMap((state, index) => {
    const word = state.toLowerCase();
    return [word, String(index), `${word}(${index})`].map((one) => [one, String(index)]);
  }),
);

/** Key types with the numbers that Keyfactor Command gives them; those beyond its own have none. */
const keyTypeWords = {
  ...{
    rsa: 'rsa',
    '1': 'rsa',
    dsa: 'dsa',
    '2': 'dsa',
    ecc: 'ecdsa',
    ec: 'ecdsa',
    ecdsa: 'ecdsa',
    '3': 'ecdsa',
  },
  ...{ ed25519: 'ed25519', ed448: 'ed448', 'ml-dsa': 'ml-dsa', mldsa: 'ml-dsa', 'slh-dsa': 'slh-dsa' },
  slhdsa: 'slh-dsa',
};

const usageWords = Object.fromEntries(keyUsages.map((usage) => [usage.toLowerCase(), usage]));
const extendedUsageWords = Object.fromEntries(extendedKeyUsages.map((usage) => [usage.toLowerCase(), usage]));

export const queryFields = [
  text('CN', 'IssuedCN', 'CommonName'),
  text('DN', 'IssuedDN', 'Subject'),
  text('OU', 'IssuedOU'),
  text('SAN', 'SubjectAltName'),
  text('IssuerDN', 'Issuer'),
  text('CA', 'CertificateAuthority', 'CertificateAuthorityName', 'Authority'),
  date('IssuedDate', 'NotBefore', 'EffectiveDate'),
  date('ExpirationDate', 'NotAfter'),
  date('ImportDate', 'CreatedAt'),
  date('RevocationDate', 'RevocationEffDate'),
  text('TemplateShortName', 'Template', 'TemplateName', 'Profile'),
  text('TemplateDisplayName', 'ProfileName'),
  {
    name: 'CertState',
    aliases: ['State', 'CertStateString'],
    kind: 'enumeration',
    words: stateWords,
    offered: states,
  },
  {
    name: 'KeyType',
    aliases: ['KeyTypeString'],
    kind: 'enumeration',
    words: keyTypeWords,
    offered: ['RSA', 'ECC', 'DSA', 'Ed25519', 'Ed448', 'ML-DSA', 'SLH-DSA'],
  },
  number('KeySize', 'KeySizeInBits'),
  {
    name: 'KeyUsage',
    aliases: [],
    kind: 'list',
    words: { ...usageWords, nonrepudiation: 'contentCommitment', keycertificatesigning: 'keyCertSign' },
    offered: keyUsages,
  },
  {
    name: 'EKU',
    aliases: ['ExtendedKeyUsage', 'ExtendedKeyUsages'],
    kind: 'list',
    words: {
      ...extendedUsageWords,
      ...{
        serverauthentication: 'serverAuth',
        clientauthentication: 'clientAuth',
        secureemail: 'emailProtection',
      },
      ...{ '1.3.6.1.5.5.7.3.1': 'serverAuth', '1.3.6.1.5.5.7.3.2': 'clientAuth' },
      ...{ '1.3.6.1.5.5.7.3.3': 'codeSigning', '1.3.6.1.5.5.7.3.4': 'emailProtection' },
      ...{ '1.3.6.1.5.5.7.3.8': 'timeStamping', '1.3.6.1.5.5.7.3.9': 'OCSPSigning' },
    },
    offered: extendedKeyUsages,
  },
  text('SigningAlgorithm', 'SignatureAlgorithm'),
  text('Thumbprint'),
  text('SerialNumber', 'Serial'),
  number('CertId', 'Id', 'CertificateId'),
  number('CertRequestId', 'RequestId'),
  text('RequesterName', 'Requester'),
  text('OwnerRoleName', 'OwnerRole'),
  boolean('HasPrivateKey'),
  boolean('SelfSigned'),
  text('CertStorePath'),
  text('CertStoreType'),
] as const satisfies readonly (Omit<QueryField, 'name'> & { readonly name: string })[];

const byName = new Map<string, QueryField>(
  queryFields.flatMap((field) =>
    [field.name, ...field.aliases].map((name) => [name.toLowerCase(), field as QueryField]),
  ),
);

/** The field of that name or alias, in any case. */
export function findQueryField(name: string): QueryField | undefined {
  return byName.get(name.toLowerCase());
}

/** All names that fields go by, the first one of each first. */
export const queryFieldNames: readonly string[] = [
  ...queryFields.map(({ name }) => name),
  ...queryFields.flatMap(({ aliases }) => aliases),
];
