import { documentCases } from './cases/documents.ts';
import { hostileCases } from './cases/hostile.ts';
import { patienceCases } from './cases/patience.ts';
import { transportCases } from './cases/transport.ts';
import { fidelitySuite } from './harness/suite.ts';

fidelitySuite('slow, endless, hostile and odd pages', [
  ...patienceCases,
  ...transportCases,
  ...documentCases,
  ...hostileCases,
]);
