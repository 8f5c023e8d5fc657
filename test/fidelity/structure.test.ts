import { addressCases } from './cases/addresses.ts';
import { frameCases } from './cases/frames.ts';
import { shadowCases } from './cases/shadow.ts';
import { widgetCases } from './cases/widgets.ts';
import { writingCases } from './cases/writing.ts';
import { fidelitySuite } from './harness/suite.ts';

fidelitySuite('frames, shadow roots, widgets, addresses and writing', [
  ...frameCases,
  ...shadowCases,
  ...widgetCases,
  ...addressCases,
  ...writingCases,
]);
