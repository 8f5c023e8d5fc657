/** What the script says, in one language; the values are put behind them. */
export interface NodeScriptWords {
  /** A line for whoever opens the file. */
  readonly about: string;
  readonly ok: string;
  readonly warning: string;
  readonly failed: string;
  readonly mend: string;
  readonly thisMachine: string;
  readonly noNode: string;
  readonly noNodeMend: string;
  readonly forward: string;
  readonly noAnswer: string;
  readonly wantedIs: string;
  readonly recordMend: string;
  readonly backward: string;
  readonly wildcard: string;
  readonly absent: string;
  readonly absentMend: string;
  readonly open: string;
  readonly answers: string;
  readonly unresolved: string;
  readonly shut: string;
  readonly portMend: string;
  readonly certificate: string;
  readonly certificateMend: string;
  readonly noNames: string;
  readonly release: string;
  readonly login: string;
  readonly releaseMend: string;
  readonly image: string;
  readonly imageMend: string;
  readonly clock: string;
  readonly clockMend: string;
  readonly gateway: string;
  readonly gatewayMend: string;
  readonly good: string;
  readonly bad: string;
}
