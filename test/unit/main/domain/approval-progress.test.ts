import { describe, expect, it } from 'vitest';
import {
  type ApprovalRule,
  approvalsIn,
  currentStep,
  objectionToDeciding,
  type Vote,
} from '../../../../src/main/domain/index.ts';

const ann = '01a20065-db37-795e-bb91-81fbd69184a1';
const ben = '01a20065-db37-795e-bb91-81fbd69184a2';
const rule: ApprovalRule = {
  steps: [
    { name: 'Office', needed: 2, roles: ['approver'] },
    { name: 'Head', needed: 1, operatorIds: [ann] },
  ],
  selfApproval: false,
};
const vote = (operatorId: string, step: number, approve = true): Vote => ({ operatorId, step, approve });
const approver = (id: string) => ({ id, roles: ['approver'], isRequester: false });

describe('the steps of an approval', () => {
  it.each<[string, Vote[], number | null]>([
    ['begin with the first', [], 0],
    ['stay until as many as are needed agree', [vote('a', 0)], 0],
    ['do not count who is against', [vote('a', 0), vote('b', 0, false)], 0],
    ['go on one after the other', [vote('a', 0), vote('b', 0)], 1],
    ['do not begin in the middle', [vote('a', 1)], 0],
    ['end', [vote('a', 0), vote('b', 0), vote(ann, 1)], null],
  ])('%s', (_, votes, step) => {
    expect(currentStep(rule, votes)).toBe(step);
  });

  it('are counted apart', () => {
    const votes = [vote('a', 0), vote('b', 0), vote('c', 1)];
    expect([approvalsIn(votes, 0), approvalsIn(votes, 1)]).toEqual([2, 1]);
  });
});

describe('deciding', () => {
  const office = [vote('a', 0), vote('b', 0)];
  it.each([
    ['is for the role of the step', [], approver(ben), null],
    ['is not for other roles', [], { ...approver(ben), roles: ['administrator'] }, false],
    ['is not for nobody', [], { ...approver(ben), roles: [] }, false],
    ['is for the people of the step', office, { ...approver(ann), roles: [] }, null],
    ['is not for the role of another step', office, approver(ben), false],
    ['is not for who asked', [], { ...approver(ben), isRequester: true }, false],
    ['is once for each, also in another step', [vote(ann, 0), vote('b', 0)], approver(ann), true],
    ['is over at the end', [...office, vote(ann, 1)], approver(ben), true],
  ])('%s', (_, votes, who, expected) => {
    expect(objectionToDeciding(rule, votes, who)?.isByState ?? null).toBe(expected);
  });

  it('is for who asked where the rule says so', () => {
    const own = { ...rule, selfApproval: true };
    expect(objectionToDeciding(own, [], { ...approver(ben), isRequester: true })).toBeNull();
  });
});
