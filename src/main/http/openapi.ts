import { type ErrorCode, errorCatalogue } from '../../shared/errors.ts';
import { operations } from '../../shared/operations/index.ts';
import { type OperationFields, pathFields } from '../../shared/operations/operation.ts';
import { isFileSchema, isStreamSchema } from './file-answer.ts';
import { acceptedKey, type JsonSchema, sharedSchemas } from './openapi-schemas.ts';
import { hanzoPaths, hanzoSchemas, hanzoTags } from './surfaces/hanzo/hanzo-openapi.ts';

const problemRef = { $ref: '#/components/schemas/Problem' };

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Problem details, RFC 9457.',
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The id of the request, as in X-Request-Id.' },
    code: { type: 'string', enum: Object.keys(errorCatalogue) },
    hint: { type: 'string' },
    violations: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          path: { type: 'array', items: { type: ['string', 'integer'] } },
          pointer: { type: 'string', description: 'RFC 6901' },
          rule: { type: 'string' },
          message: { type: 'string' },
        },
        required: ['path', 'pointer', 'rule', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
};

/** The OpenAPI 3.1 document, made from the operations and the endpoints of the surfaces alone. */
export function openApiDocument(version: string): JsonSchema {
  const { inputs, outputs, components } = sharedSchemas([...operations, ...hanzoSchemas]);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const operation of operations) {
    const entry = operationEntry(
      operation,
      inputs[operation.id] as JsonSchema,
      outputs[operation.id] as JsonSchema,
      outputs[acceptedKey(operation.id)],
    );
    paths[operation.path] = { ...paths[operation.path], [operation.method.toLowerCase()]: entry };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Chancery API',
      version,
      description:
        'Errors are problem details (RFC 9457). Changes take an Idempotency-Key, answers to GET carry an ETag. ' +
        'A token comes from the token endpoint of a realm (client credentials) or from signing in.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(operations.map(areaOf)), ...hanzoTags].map((name) => ({ name })),
    paths: { ...paths, ...hanzoPaths({ inputs, outputs }) },
    components: {
      schemas: { ...components, Problem: problemSchema },
      responses: {
        Problem: {
          description: 'What went wrong',
          content: { 'application/problem+json': { schema: problemRef } },
        },
      },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An access token or the token of a session' },
        clientCredentials: {
          type: 'oauth2',
          flows: {
            clientCredentials: { tokenUrl: '/realms/default/protocol/openid-connect/token', scopes: {} },
          },
        },
      },
    },
    security: [{ bearer: [] }, { clientCredentials: [] }],
  };
}

function areaOf(operation: OperationFields): string {
  return operation.id.split('.')[0] as string;
}

function operationEntry(
  operation: OperationFields,
  input: JsonSchema,
  output: JsonSchema,
  accepted: JsonSchema | undefined,
): JsonSchema {
  const properties = (input.properties ?? {}) as Record<string, JsonSchema>;
  const required = (input.required ?? []) as string[];
  const inPath = pathFields(operation.path);
  const others = Object.keys(properties).filter((name) => !inPath.includes(name));
  const usesQuery = operation.method === 'GET' || operation.method === 'DELETE';
  const parameters = [
    ...inPath.map((name) => parameter('path', name, properties[name] as JsonSchema, true)),
    ...(usesQuery
      ? others.map((name) =>
          parameter('query', name, properties[name] as JsonSchema, required.includes(name)),
        )
      : []),
    ...(operation.method === 'GET' || operation.permission === 'public' ? [] : [idempotencyParameter]),
  ];
  return {
    operationId: operation.id,
    tags: [areaOf(operation)],
    summary: operation.summary,
    ...(operation.description !== undefined && { description: operation.description }),
    ...(parameters.length > 0 && { parameters }),
    ...(!usesQuery && others.length > 0 && { requestBody: requestBody(input, others, required) }),
    responses: responses(operation, output, accepted),
    ...(operation.permission === 'public' && { security: [] }),
    'x-permission': operation.permission,
    'x-risk': operation.risk,
  };
}

const idempotencyParameter: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same key with the same request gives the first answer again and changes nothing twice.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function parameter(place: 'path' | 'query', name: string, schema: JsonSchema, required: boolean): JsonSchema {
  const { description, ...rest } = schema;
  return { name, in: place, required, ...(description !== undefined && { description }), schema: rest };
}

function requestBody(input: JsonSchema, names: readonly string[], required: readonly string[]): JsonSchema {
  const properties = input.properties as Record<string, JsonSchema>;
  const needed = required.filter((name) => names.includes(name));
  const schema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, properties[name]])),
    ...(needed.length > 0 && { required: needed }),
    additionalProperties: false,
  };
  return { required: needed.length > 0, content: { 'application/json': { schema } } };
}

/** What each operation may answer beside its own errors. */
function commonErrors(operation: OperationFields): ErrorCode[] {
  const access: ErrorCode[] =
    operation.permission === 'public' ? ['TOKEN_INVALID'] : ['UNAUTHENTICATED', 'FORBIDDEN'];
  const lock: ErrorCode[] = operation.whileLocked ? [] : ['LOCKED', 'NOT_INITIALISED'];
  const body: ErrorCode[] = operation.method === 'GET' ? [] : ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'];
  return ['INVALID_INPUT', ...access, ...lock, ...body];
}

function responses(
  operation: OperationFields,
  output: JsonSchema,
  accepted: JsonSchema | undefined,
): JsonSchema {
  const content: JsonSchema = isStreamSchema(operation.output)
    ? { 'text/csv': { schema: { type: 'string' } } }
    : { 'application/json': { schema: output } };
  if (isFileSchema(operation.output)) content['application/octet-stream'] = {};
  const answers: JsonSchema = { [operation.status ?? 200]: { description: operation.summary, content } };
  if (accepted) {
    answers[202] = {
      description: 'It is not done yet',
      content: { 'application/json': { schema: accepted } },
    };
  }
  const codesByStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...commonErrors(operation), ...operation.errors])) {
    const { status } = errorCatalogue[code];
    codesByStatus.set(status, [...(codesByStatus.get(status) ?? []), code]);
  }
  for (const [status, codes] of [...codesByStatus].sort(([a], [b]) => a - b)) {
    answers[status] = {
      description: codes.join(', '),
      content: { 'application/problem+json': { schema: problemRef } },
    };
  }
  answers.default = { $ref: '#/components/responses/Problem' };
  return answers;
}
