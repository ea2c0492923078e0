/**
 * A query as a condition on a row of certificates. Its invariants: every name comes from here, every value of a query
 * is bound, and no column is used by its index (the plus before it), so that what a query is found by is for the
 * plan alone to say (plan.ts).
 */
import { type RawBuilder, sql } from 'kysely';
import type { Condition, Query, QueryOperator, QueryValue } from '../../../shared/query/query.ts';
import type { NoteField, QueryField, QueryFieldName } from '../../../shared/query/query-fields.ts';
import { containing, escapedLike } from '../page.ts';
import { plainDate, plainName, plainSerial } from './plain-values.ts';

type Sql = RawBuilder<unknown>;
/** Of a row: SQLite has numbers for its truth. */
type Test = RawBuilder<unknown>;

/** Holds for the rows that the query asks for. */
export function conditionOf(query: Query): RawBuilder<boolean> {
  return sql<boolean>`${testOf(query)}`;
}

function testOf(query: Query): Test {
  switch (query.kind) {
    case 'everything':
      return sql`true`;
    case 'and':
    case 'or': {
      const parts = query.parts.map((part) => sql`(${testOf(part)})`);
      return sql`(${sql.join(parts, query.kind === 'and' ? sql` and ` : sql` or `)})`;
    }
    case 'condition':
      return 'note' in query.field ? noted(query.field, query) : ofField(query.field, query);
  }
}

function ofField(field: QueryField, { operator, value }: Condition): Test {
  const column = columnsOf[field.name];
  return column(operator, value);
}

type Column = (operator: QueryOperator, value: QueryValue) => Test;

/** What is null there is empty to a text, and none of the others. */
const textColumn =
  (column: Sql, plain = (text: string) => text): Column =>
  (operator, value) =>
    textTest(column, operator, value.kind === 'text' ? plain(value.text) : '');

const orderColumn =
  (column: Sql): Column =>
  (operator, value) =>
    orderTest(column, operator, value);

const booleanColumn =
  (test: Sql): Column =>
  (operator, value) => {
    if (value.kind !== 'boolean') return sql`${operator === '-ne' ? 1 : 0}`;
    return (operator === '-eq') === value.boolean ? sql`(${test})` : sql`not coalesce(${test}, false)`;
  };

/** Of a thing that the row names by its id: one of its texts. */
const referenced =
  (id: Sql, table: 'authorities' | 'profiles', columns: readonly string[]): Column =>
  (operator, value) => {
    if (value.kind !== 'text' || value.text === '')
      return isPositive(operator) ? sql`${id} is null` : sql`${id} is not null`;
    const tests = columns.map((column) => textTest(sql.ref(column), positive(operator), value.text));
    const among = sql`${id} in (select id from ${sql.table(table)} where ${sql.join(tests, sql` or `)})`;
    return isPositive(operator) ? sql`${among}` : sql`(${id} is null or not ${among})`;
  };

const listColumn =
  (column: Sql): Column =>
  (operator, value) => {
    if (value.kind !== 'choice') return textTest(column, operator, '');
    const has = sql`instr(coalesce(${column}, ''), ${`,${value.choice},`}) > 0`;
    return isPositive(operator) ? sql`${has}` : sql`not ${has}`;
  };

const nothing = textColumn(sql`null`);
const keyAlgorithm = sql`+certificates.keyAlgorithm`;
/** The bits of the key, from how its algorithm is called here or in a foreign certificate. */
const keySize = sql`(case
  when ${keyAlgorithm} like 'rsa_%' then cast(substr(keyAlgorithm, 5) as integer)
  when ${keyAlgorithm} like 'ecdsa_p_%' then cast(ltrim(substr(keyAlgorithm, 8), '-') as integer)
  when ${keyAlgorithm} like 'dsa_%' then cast(substr(keyAlgorithm, 5) as integer)
  when ${keyAlgorithm} = 'ed25519' then 256 when ${keyAlgorithm} = 'ed448' then 456 end)`;
const requestNumber = sql`(select number from numbers where id =
  (select requests.id from requests where requests.certificateId = certificates.id limit 1))`;

/** Every field of the language: the types miss one that is not here. */
const columnsOf: Readonly<Record<QueryFieldName, Column>> = {
  CN: textColumn(sql`+certificates.commonName`),
  DN: textColumn(sql`+certificates.subject`, plainName),
  OU: textColumn(sql`+certificates.organizationalUnit`),
  SAN: (operator, value) => {
    const all = sql`+certificates.subjectAltNames`;
    if (value.kind !== 'text' || value.text === '')
      return isPositive(operator) ? sql`${all} = '[]'` : sql`${all} <> '[]'`;
    const test = textTest(sql`json_each.value ->> 'value'`, positive(operator), value.text);
    const some = sql`exists (select 1 from json_each(certificates.subjectAltNames) where ${test})`;
    return isPositive(operator) ? sql`${some}` : sql`not ${some}`;
  },
  IssuerDN: textColumn(sql`+certificates.issuer`, plainName),
  CA: referenced(sql`+certificates.authorityId`, 'authorities', ['name', 'slug']),
  IssuedDate: orderColumn(sql`+certificates.notBefore`),
  ExpirationDate: orderColumn(sql`+certificates.notAfter`),
  ImportDate: orderColumn(sql`+certificates.createdAt`),
  RevocationDate: orderColumn(sql`+certificates.revokedAt`),
  TemplateShortName: referenced(sql`+certificates.profileId`, 'profiles', ['slug']),
  TemplateDisplayName: referenced(sql`+certificates.profileId`, 'profiles', ['name']),
  CertState: (operator, value) => {
    const choice = value.kind === 'choice' ? value.choice : '';
    const is = choice === '1' ? sql`is null` : choice === '2' ? sql`is not null` : undefined;
    // What waits, was denied or has failed is a request and no certificate.
    if (!is) return sql`${operator === '-ne' ? 1 : 0}`;
    const test = sql`+certificates.revokedAt ${is}`;
    return operator === '-eq' ? sql`${test}` : sql`not (${test})`;
  },
  KeyType: (operator, value) => {
    const pattern = value.kind === 'choice' ? `${value.choice}%` : '';
    return operator === '-eq'
      ? sql`${keyAlgorithm} like ${pattern}`
      : sql`${keyAlgorithm} not like ${pattern}`;
  },
  KeySize: orderColumn(keySize),
  KeyUsage: listColumn(sql`+certificates.keyUsages`),
  EKU: listColumn(sql`+certificates.extendedKeyUsages`),
  SigningAlgorithm: textColumn(sql`+certificates.signatureAlgorithm`),
  Thumbprint: textColumn(sql`hex(certificates.thumbprint)`, plainSerial),
  SerialNumber: textColumn(sql`+certificates.serialNumber`, plainSerial),
  CertId: orderColumn(sql`certificates.rowId`),
  CertRequestId: orderColumn(requestNumber),
  RequesterName: textColumn(sql`+certificates.requestedBy`),
  // A certificate here has no role of its own that owns it, and lies in no store of another machine.
  OwnerRoleName: nothing,
  HasPrivateKey: booleanColumn(sql`+certificates.keyId is not null`),
  SelfSigned: booleanColumn(sql`+certificates.subject = certificates.issuer`),
  CertStorePath: nothing,
  CertStoreType: nothing,
};

/** Row numbers of those with a note that passes the operator's positive test, as a query. */
export function rowsNoted(field: NoteField, { operator, value }: Pick<Condition, 'operator' | 'value'>): Sql {
  const column = sql`certificate_metadata.value`;
  const name = sql`certificate_metadata.name in (${sql.join([...field.names, ''])})`;
  if (value.kind === 'null') return sql`select rowId as hit from certificate_metadata where ${name}`;
  const test = noteTest(column, positive(operator), value);
  return sql`select rowId as hit from certificate_metadata where ${name} and ${test}`;
}

function noted(field: NoteField, condition: Condition): Test {
  const { operator, value } = condition;
  const among = sql`certificates.rowId in (${rowsNoted(field, condition)})`;
  const isEmpty = value.kind === 'null' || (value.kind === 'text' && value.text === '' && operator === '-eq');
  if (isEmpty) return operator === '-eq' ? sql`not ${among}` : sql`${among}`;
  return isPositive(operator) ? sql`+${among}` : sql`not ${among}`;
}

/** Notes are texts: days as RFC 3339, numbers in digits, whatever their field says of them. */
function noteTest(column: Sql, operator: QueryOperator, value: QueryValue): Test {
  switch (value.kind) {
    case 'number':
      return orderTest(sql`cast(${column} as real)`, operator, value);
    case 'boolean':
      return sql`(lower(${column}) in ('true', '1', 'yes')) = ${value.boolean ? 1 : 0}`;
    case 'period':
      return plainDate(column, operator, value);
    case 'text':
      return textTest(column, operator, value.text);
    default:
      return sql`false`;
  }
}

function textTest(column: Sql, operator: QueryOperator, text: string): Test {
  if (text === '' && (operator === '-eq' || operator === '-ne')) {
    return operator === '-eq' ? sql`coalesce(${column}, '') = ''` : sql`coalesce(${column}, '') <> ''`;
  }
  const like = (pattern: string) => sql`coalesce(${column}, '') like ${pattern} escape '\\'`;
  switch (operator) {
    case '-eq':
      return sql`${column} = ${text} collate nocase`;
    case '-ne':
      return sql`${column} is not ${text} collate nocase`;
    case '-contains':
      return sql`${like(containing(text))}`;
    case '-notcontains':
      return sql`not ${like(containing(text))}`;
    case '-startswith':
      return sql`${like(`${escapedLike(text)}%`)}`;
    case '-endswith':
      return sql`${like(`%${escapedLike(text)}`)}`;
    default:
      return sql`false`;
  }
}

/** A moment belongs to a period that has it in it; what has no value is neither before nor after anything. */
function orderTest(column: Sql, operator: QueryOperator, value: QueryValue): Test {
  if (value.kind === 'null') return operator === '-eq' ? sql`${column} is null` : sql`${column} is not null`;
  const isPeriod = value.kind === 'period';
  const from = isPeriod ? value.from : value.kind === 'number' ? value.number : 0;
  const last = isPeriod ? value.to - 1 : from;
  switch (operator) {
    case '-eq':
      return sql`${column} between ${from} and ${last}`;
    case '-ne':
      return sql`coalesce(${column} not between ${from} and ${last}, true)`;
    case '-lt':
      return sql`${column} < ${from}`;
    case '-le':
      return sql`${column} <= ${last}`;
    case '-gt':
      return sql`${column} > ${last}`;
    case '-ge':
      return sql`${column} >= ${from}`;
    default:
      return sql`false`;
  }
}

function isPositive(operator: QueryOperator): boolean {
  return operator !== '-ne' && operator !== '-notcontains';
}

/** What the operator denies. */
function positive(operator: QueryOperator): QueryOperator {
  return operator === '-ne' ? '-eq' : operator === '-notcontains' ? '-contains' : operator;
}
