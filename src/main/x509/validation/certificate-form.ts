import type { PathCertificate } from './path-certificate.ts';
import type { Report } from './path-failure.ts';
import type { ValidationProfile } from './validation-options.ts';

export function reportForm(
  _certificate: PathCertificate,
  _index: number,
  _profile: ValidationProfile,
  _report: Report,
  _isAnchor = false,
): void {}
