import type { FidelityCase } from '../harness/case.ts';
import { addressCases } from './addresses.ts';
import { cssCases } from './css.ts';
import { documentCases } from './documents.ts';
import { fontCases } from './fonts.ts';
import { frameCases } from './frames.ts';
import { graphicsCases } from './graphics.ts';
import { hostileCases } from './hostile.ts';
import { imageCases } from './images.ts';
import { patienceCases } from './patience.ts';
import { shadowCases } from './shadow.ts';
import { transportCases } from './transport.ts';
import { widgetCases } from './widgets.ts';
import { writingCases } from './writing.ts';

/** Every difficulty, one page each. */
export const cases: readonly FidelityCase[] = [
  ...cssCases,
  ...fontCases,
  ...imageCases,
  ...graphicsCases,
  ...frameCases,
  ...shadowCases,
  ...widgetCases,
  ...addressCases,
  ...writingCases,
  ...patienceCases,
  ...transportCases,
  ...documentCases,
  ...hostileCases,
];
