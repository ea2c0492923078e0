import { describe, expect, it } from 'vitest';
import {
  hanzoErrorBody,
  hanzoErrorResponse,
  SchemaFailure,
} from '../../../../../../src/main/http/surfaces/hanzo/hanzo-error.ts';
import { ChanceryError, type ErrorCode } from '../../../../../../src/shared/errors.ts';

describe('a failure in the words of Hanzo KMS', () => {
  it.each<[ErrorCode, number, string]>([
    ['INVALID_INPUT', 400, 'BadRequest'],
    ['MALFORMED_BODY', 400, 'BadRequest'],
    ['INVALID_CSR', 400, 'BadRequest'],
    ['POLICY_VIOLATION', 400, 'BadRequest'],
    ['LINT_FAILED', 400, 'BadRequest'],
    ['CONFLICT', 400, 'BadRequest'],
    ['ALREADY_EXISTS', 400, 'BadRequest'],
    ['ALREADY_REVOKED', 400, 'BadRequest'],
    ['PRECONDITION_FAILED', 400, 'BadRequest'],
    ['UNAUTHENTICATED', 401, 'UnauthorizedError'],
    ['TOKEN_EXPIRED', 401, 'UnauthorizedError'],
    ['FORBIDDEN', 403, 'ForbiddenError'],
    ['NOT_FOUND', 404, 'NotFound'],
    ['BODY_TOO_LARGE', 413, 'BodyTooLarge'],
    ['UNSUPPORTED_MEDIA_TYPE', 415, 'UnsupportedMediaType'],
    ['RATE_LIMITED', 429, 'RateLimitExceeded'],
    ['INTERNAL', 500, 'InternalServerError'],
    ['LOCKED', 503, 'Locked'],
  ])('is for %s the status %i and the name %s', (code, statusCode, error) => {
    const body = hanzoErrorBody(new ChanceryError({ code, detail: 'Why.' }), 'one');
    expect(body).toMatchObject({ reqId: 'one', statusCode, error });
    expect(Object.keys(body)).toEqual(['reqId', 'statusCode', 'message', 'error']);
  });

  it('joins all violations of a policy', () => {
    const violations = ['First.', 'Second.'].map((message) => ({ path: ['subject'], rule: 'any', message }));
    const error = new ChanceryError({ code: 'POLICY_VIOLATION', detail: 'First. (and 1 more)', violations });
    expect(hanzoErrorBody(error, 'one').message).toBe(
      'Certificate request validation failed: First., Second.',
    );
  });

  it('has the words that scripts look for, and the hint after what went wrong', () => {
    const message = (code: ErrorCode, hint?: string) =>
      hanzoErrorBody(new ChanceryError({ code, detail: 'It is so.', hint }), 'one').message;
    expect(message('UNAUTHENTICATED')).toBe('Token missing');
    expect(message('TOKEN_EXPIRED')).toBe('Your token has expired. Please re-authenticate.');
    expect(message('INTERNAL')).toBe('Something went wrong');
    expect(message('CONFLICT', 'Try otherwise.')).toBe('It is so. Try otherwise.');
  });

  it('lists what is wrong with the form as 422', () => {
    const issues = [{ code: 'invalid_format', path: ['profileId'], message: 'Invalid UUID' }];
    const response = hanzoErrorResponse(new SchemaFailure(issues), 'one');
    expect(response.status).toBe(422);
    expect(hanzoErrorBody(new SchemaFailure(issues), 'one')).toEqual({
      reqId: 'one',
      statusCode: 422,
      message: issues,
      error: 'ValidationFailure',
    });
  });

  it('tells when to come back, and how to authenticate', () => {
    const locked = hanzoErrorResponse(new ChanceryError({ code: 'LOCKED', detail: 'Locked.' }), 'one');
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    const expired = hanzoErrorResponse(new ChanceryError({ code: 'TOKEN_EXPIRED', detail: 'Old.' }), 'one');
    expect(expired.headers.get('www-authenticate')).toContain('error="invalid_token"');
  });
});
