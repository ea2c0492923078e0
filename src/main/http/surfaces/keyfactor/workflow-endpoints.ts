/** Requests that wait for people, and their decisions. */
import { z } from 'zod';
import { ChanceryError } from '../../../../shared/errors.ts';
import type { Input, Output } from '../../../../shared/operations/index.ts';
import {
  badRequest,
  type KeyfactorCall,
  missing,
  pageOf,
  readBody,
  requireNumber,
} from './keyfactor-call.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { ListAnswer } from './list-answer.ts';
import { wholeList } from './template-endpoints.ts';

const tag = 'Workflow';
type Request = Output<'requests.list'>['items'][number];
type Status = NonNullable<Input<'requests.list'>['status']>;

const states: Partial<Record<Request['status'], readonly [number, string]>> = {
  issued: [1, 'Active'],
  rejected: [3, 'Denied'],
  cancelled: [3, 'Denied'],
  failed: [4, 'Failed'],
  expired: [4, 'Failed'],
};

async function presented({ numbers }: KeyfactorCall, requests: readonly Request[]): Promise<object[]> {
  const numberOf = await numbers.of(requests.map(({ id }) => id));
  return requests.map((one) => {
    const [state, word] = states[one.status] ?? [5, 'Pending'];
    return {
      Id: numberOf(one.id),
      CARequestId: one.id,
      CommonName: one.commonName,
      DistinguishedName: `CN=${one.commonName}`,
      SubmissionDate: one.createdAt,
      CertificateAuthority: null,
      Template: one.profile,
      Requester: one.requestedBy,
      State: state,
      StateString: word,
      DenialComment: one.error,
      Metadata: {},
    };
  });
}

const inState = (path: `/${string}`, summary: string, statuses: readonly Status[]): KeyfactorEndpoint => ({
  ...{ method: 'GET', path, tag, summary },
  run: async (call) => {
    const found: Request[] = [];
    for (const status of statuses) {
      found.push(...(await wholeList((page) => call.perform('requests.list', { ...page, status }))));
    }
    const { offset, limit } = pageOf(call.query);
    const page = await presented(call, found.slice(offset, offset + limit));
    return new ListAnswer(page, found.length);
  },
});

async function requestOf(
  { numbers, perform }: KeyfactorCall,
  number: number,
): Promise<Output<'requests.show'>> {
  const id = await numbers.idOf(number);
  if (id === undefined) throw missing(`There is no certificate request ${number}.`);
  return perform('requests.show', { id });
}

const get: KeyfactorEndpoint = {
  ...{ method: 'GET', path: '/Workflow/Certificates/{id}', tag, summary: 'Returns a certificate request' },
  run: async (call) => {
    const request = await requestOf(call, requireNumber(call.path.id, 'certificate request'));
    const [one = {}] = await presented(call, [request]);
    return { ...one, SANs: request.asked.subjectAltNames.map(({ value }) => value) };
  },
};

const Ids = z.array(z.int().min(1)).min(1).max(500);

/** Decides on each by itself; what could not be decided is told beside what was. */
async function decide(
  call: KeyfactorCall,
  ids: readonly number[],
  operation: 'requests.approve' | 'requests.reject',
  reason: string,
): Promise<object> {
  const done: object[] = [];
  const failures: object[] = [];
  for (const number of new Set(ids)) {
    const about = { CARowId: number, CARequestId: String(number), KeyfactorRequestId: number };
    try {
      const { id, askedHash, profile } = await requestOf(call, number);
      await call.perform(operation, { id, askedHash, reason });
      done.push({ ...about, CAHost: '', CALogicalName: profile ?? '', Comment: reason });
    } catch (error) {
      if (!(error instanceof ChanceryError)) throw error;
      failures.push({ ...about, CAHost: '', CALogicalName: '', Comment: error.detail });
    }
  }
  const isApproval = operation === 'requests.approve';
  return { Failures: failures, Denials: isApproval ? [] : done, Successes: isApproval ? done : [] };
}

const approve: KeyfactorEndpoint = {
  ...{
    method: 'POST',
    path: '/Workflow/Certificates/Approve',
    tag,
    summary: 'Approves certificate requests',
  },
  example: [1],
  run: async (call) => {
    const ids = Ids.safeParse(call.body);
    if (!ids.success) throw badRequest('The body is a list of the ids of requests.');
    return decide(call, ids.data, 'requests.approve', 'approved by KeyfactorAPI');
  },
};

const deny: KeyfactorEndpoint = {
  ...{ method: 'POST', path: '/Workflow/Certificates/Deny', tag, summary: 'Denies certificate requests' },
  example: { Comment: 'Not needed', CertificateRequestIds: [1] },
  run: async (call) => {
    const schema = z.object({ Comment: z.string().trim().min(1).max(1000), CertificateRequestIds: Ids });
    const { Comment, CertificateRequestIds } = readBody(schema, call.body);
    return decide(call, CertificateRequestIds, 'requests.reject', Comment);
  },
};

export const workflowEndpoints: readonly KeyfactorEndpoint[] = [
  inState('/Workflow/Certificates/Pending', 'Returns the requests that wait', [
    'pending_approval',
    'approved',
  ]),
  inState('/Workflow/Certificates/Denied', 'Returns the requests that were denied', ['rejected']),
  approve,
  deny,
  get,
];
