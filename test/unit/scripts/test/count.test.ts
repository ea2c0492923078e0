import { describe, expect, it } from 'vitest';
import { add, countRun, nothing, summary } from '../../../../scripts/test/count.ts';

const clean = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] };

describe('countRun', () => {
  it('counts tests, and what was skipped or left to do as skipped', () => {
    expect(countRun({ ...clean, numPendingTests: 1, numTodoTests: 1 }, 0)).toEqual({
      passed: 3,
      failed: 0,
      skipped: 2,
    });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const testResults = [{ status: 'failed', assertionResults: [] }];
    expect(countRun({ ...clean, testResults }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('does not count a failed test twice, once by itself and once by its file', () => {
    const testResults = [{ status: 'failed', assertionResults: [{}] }];
    expect(countRun({ ...clean, numFailedTests: 1, testResults }, 1).failed).toBe(1);
  });

  it('counts a run that ended badly without a failed test as one failure', () => {
    expect(countRun(clean, 1).failed).toBe(1);
  });

  it('counts a run without a report as one failure', () => {
    expect(countRun(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('summary', () => {
  it('names what was skipped only where something was', () => {
    expect(summary({ passed: 2, failed: 1, skipped: 0 })).toBe('2 passed, 1 failed');
    expect(summary(add({ ...nothing, passed: 1 }, { ...nothing, skipped: 4 }))).toBe(
      '1 passed, 0 failed, 4 skipped',
    );
  });
});
