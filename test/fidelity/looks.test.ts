import { cssCases } from './cases/css.ts';
import { fontCases } from './cases/fonts.ts';
import { graphicsCases } from './cases/graphics.ts';
import { imageCases } from './cases/images.ts';
import { fidelitySuite } from './harness/suite.ts';

fidelitySuite('styles, fonts, pictures and graphics', [
  ...cssCases,
  ...fontCases,
  ...imageCases,
  ...graphicsCases,
]);
