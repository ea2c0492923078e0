import { describe, expect, it } from 'vitest';
import { ApiProblem } from '../../../../src/renderer/client/api-problem.ts';
import { formProblem } from '../../../../src/renderer/components/form-problem.ts';

const refused = (...paths: (string | number)[][]) =>
  new ApiProblem({
    code: 'POLICY_VIOLATION',
    status: 422,
    title: '',
    detail: '',
    violations: paths.map((path, index) => ({ path, rule: 'r', message: `m${index}` })),
  });

describe('violations of a form', () => {
  it('stand at the field that has their path', () => {
    const { errors } = formProblem(refused(['subject', 'commonName']), ['subject.commonName']);
    expect(errors).toEqual({ 'subject.commonName': 'm0' });
  });

  it('stand at the nearest field above where their own is not in the form', () => {
    expect(formProblem(refused(['csr', 'signature', 0]), ['csr']).errors).toEqual({ csr: 'm0' });
  });

  it('follow an alias', () => {
    const aliases = { notAfter: 'validity' };
    expect(formProblem(refused(['notAfter']), ['validity'], aliases).errors).toEqual({ validity: 'm0' });
  });

  it('are left to the notice where no field is theirs', () => {
    const { errors, shown } = formProblem(refused(['x'], ['y']), ['y']);
    expect(errors).toEqual({ y: 'm1' });
    expect(shown).toEqual(['m1']);
  });

  it('are all told where a field has several', () => {
    expect(formProblem(refused(['x'], ['x']), ['x']).errors.x).toBe('m0 m1');
  });
});
