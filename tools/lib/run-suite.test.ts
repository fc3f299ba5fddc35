import { describe, expect, it } from 'vitest';
import { count } from './run-suite.mjs';

const report = (more: object = {}) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [],
    ...more,
  });

describe('the count of a suite', () => {
  it('is what the runner says when all is well', () => {
    expect(count(report({ numPendingTests: 2, numTodoTests: 1 }), 0)).toEqual({ passed: 3, failed: 0, skipped: 3 });
    const failed = { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] };
    expect(count(report({ numFailedTests: 1, testResults: [failed] }), 1)).toEqual({
      passed: 3,
      failed: 1,
      skipped: 0,
    });
  });

  it('holds a file that could not be loaded against us', () => {
    const broken = { status: 'failed', assertionResults: [] };
    expect(count(report({ testResults: [broken] }), 1).failed).toBe(1);
  });

  it('holds an end in error without a failed test against us', () => {
    expect(count(report(), 1).failed).toBe(1);
  });

  it('holds it against us when nothing ran, or nothing was reported', () => {
    expect(count(report({ numPassedTests: 0 }), 0).failed).toBe(1);
    expect(count(undefined, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
