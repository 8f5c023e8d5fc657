/** What one DNS record says; host names are full, without a final dot. */
export type RecordData =
  | { readonly type: 'A'; readonly address: string }
  | {
      readonly type: 'SRV';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    }
  | { readonly type: 'PTR'; readonly target: string }
  | { readonly type: 'NS'; readonly target: string }
  | {
      readonly type: 'SOA';
      readonly primary: string;
      /** As DNS writes it, with a dot for the @. */
      readonly mailbox: string;
      readonly serial: number;
      readonly refreshSeconds: number;
      readonly retrySeconds: number;
      readonly expireSeconds: number;
      /** How long it may be remembered that a name does not exist (RFC 2308). */
      readonly negativeSeconds: number;
    };

/** One record of a zone; `name` is full, without a final dot, and may begin with `*.`. */
export type DnsRecord = RecordData & { readonly name: string; readonly ttlSeconds: number };

/** A name and where it leads. */
export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

/** A zone that the plan is the authority for. */
export interface DnsZone {
  /** Without a final dot. */
  readonly name: string;
  readonly kind: 'cluster' | 'registry' | 'reverse';
  /** SOA first, then NS, then the rest in the order of the plan. */
  readonly records: readonly DnsRecord[];
}

/** A name of the plan that its zones do not answer, and why. */
export interface OmittedName {
  readonly name: string;
  readonly address: string;
  /** A zone of that name would hide every neighbour of the cluster's zone. */
  readonly reason: 'aboveTheZone';
}

export interface DnsFacts {
  /** The cluster's zone first, then the registry's where it has one of its own, then the reverse zones by name. */
  readonly zones: readonly DnsZone[];
  readonly omitted: readonly OmittedName[];
}
