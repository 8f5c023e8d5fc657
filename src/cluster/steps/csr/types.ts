/** A node that may join: what its certificates may say. */
export interface AdmittedNode {
  /** The full host name. */
  readonly host: string;
  readonly address: string;
}

/** Why a request for a certificate is left as it is. */
export type LeftReason =
  | 'unknownSigner'
  | 'unknownRequester'
  | 'malformed'
  | 'badSignature'
  | 'wrongSubject'
  | 'notPlanned'
  | 'notYet'
  | 'alreadyJoined'
  | 'wrongUsages'
  | 'wrongNames'
  | 'foreignExtension';

/** What is to be done with a request. */
export type Decision =
  | { readonly approve: true; readonly kind: 'client' | 'serving'; readonly host: string }
  | { readonly approve: false; readonly reason: LeftReason; readonly detail: string };
