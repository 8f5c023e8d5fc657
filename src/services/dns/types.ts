import type { Registry } from 'prom-client';
import type { Clock } from '../../kernel/index.ts';

/** Fields of a zone's SOA record (RFC 1035 section 3.3.13); host names with or without a final dot. */
export interface SoaInput {
  readonly primary: string;
  /** The mailbox as a name: `hostmaster.example.com` is hostmaster@example.com. */
  readonly contact: string;
  /** 32 bits; grows with every change. */
  readonly serial: number;
  readonly refreshSeconds?: number;
  readonly retrySeconds?: number;
  readonly expireSeconds?: number;
  /** How long others may remember that a name does not exist (RFC 2308); 60 unless given. */
  readonly negativeTtlSeconds?: number;
  readonly ttlSeconds?: number;
}

export interface SrvData {
  readonly priority: number;
  readonly weight: number;
  readonly port: number;
  /** A full host name. */
  readonly target: string;
}

/**
 * One record of a zone. `name` is relative to the zone (`api`, `*.apps`, `@` for the zone itself) or full with a final dot;
 * names in `data` are full host names.
 */
export type RecordInput = { readonly name: string; readonly ttlSeconds: number } & (
  | { readonly type: 'A' | 'AAAA' | 'CNAME' | 'PTR' | 'NS'; readonly data: string }
  | { readonly type: 'SRV'; readonly data: SrvData }
  | { readonly type: 'TXT'; readonly data: string | readonly string[] }
);

/** A zone that is answered with authority; reverse zones (`45.225.10.in-addr.arpa`) are zones like others. */
export interface ZoneInput {
  readonly name: string;
  readonly soa: SoaInput;
  /** Full host names of its name servers, at least one. */
  readonly ns: readonly string[];
  readonly records: readonly RecordInput[];
}

/** Names at or below `name` are asked of the upstreams, in this order; `.` stands for every other name. */
export interface ForwardInput {
  readonly name: string;
  /** `10.0.0.53`, `10.0.0.53:5353`, `fd00::1` or `[fd00::1]:5353`. */
  readonly upstreams: readonly string[];
}

export interface ListenAddress {
  readonly host: string;
  /** For UDP and TCP alike; 0 takes a free one. */
  readonly port: number;
}

/** Where an answer came from; `none` for queries that were refused or not understood. */
export type AnswerSource = 'zone' | 'cache' | 'stale' | 'forward' | 'none';

/** One answered query. */
export interface QueryEvent {
  readonly atMs: number;
  readonly client: string;
  readonly transport: 'udp' | 'tcp';
  /** As asked, escaped where it is not printable, without a final dot. */
  readonly name: string;
  readonly type: string;
  readonly rcode: string;
  readonly durationMs: number;
  readonly source: AnswerSource;
}

export interface ForwardLimits {
  /** How long one upstream may take for one answer, milliseconds. */
  readonly tryTimeoutMs: number;
  /** After this the client is told that it failed, milliseconds. */
  readonly totalTimeoutMs: number;
  /** Questions that are asked of upstreams at one time; more are refused with SERVFAIL. */
  readonly maxInFlight: number;
  readonly cacheEntries: number;
  readonly cacheBytes: number;
  readonly maxTtlSeconds: number;
  readonly maxNegativeTtlSeconds: number;
  /** How long after its end an answer may still be given while no upstream answers (RFC 8767). */
  readonly staleSeconds: number;
  /** How long a failure is remembered (RFC 9520). */
  readonly failureSeconds: number;
}

export interface TcpLimits {
  readonly maxConnections: number;
  readonly maxConnectionsPerClient: number;
  /** A connection without a whole query for so long is ended, milliseconds. */
  readonly idleTimeoutMs: number;
  /** Queries of one connection that wait for an upstream at one time; reading pauses above. */
  readonly maxPipelined: number;
}

export interface QueryLogLimits {
  /** Events kept for `recentQueries`. */
  readonly kept: number;
  /** Events made in a second at most; the rest are counted only. */
  readonly perSecond: number;
}

export interface DnsServerOptions {
  readonly zones: readonly ZoneInput[];
  readonly forward?: readonly ForwardInput[];
  readonly listen: readonly ListenAddress[];
  /** Networks (CIDR) whose questions are answered; others are refused. `0.0.0.0/0` only where nothing is forwarded. */
  readonly allowedClients: readonly string[];
  /** The order of several addresses of one name: turned round from answer to answer (default), or as given. */
  readonly addressOrder?: 'rotate' | 'fixed';
  /** Largest answer over UDP, bytes; 1232 passes every path without fragments. */
  readonly maxUdpBytes?: number;
  readonly limits?: {
    readonly forward?: Partial<ForwardLimits>;
    readonly tcp?: Partial<TcpLimits>;
    readonly queryLog?: Partial<QueryLogLimits>;
  };
  /** Where the measures are registered, with the prefix `holdfast_dns_`. */
  readonly metrics?: Registry;
  readonly onQuery?: (event: QueryEvent) => void;
  readonly clock?: Clock;
}

export interface DnsServer {
  /** Binds all addresses for UDP and TCP, or none of them; gives them with the ports that were taken. */
  listen(): Promise<readonly ListenAddress[]>;
  /** Ends sockets, connections and questions to upstreams. */
  close(): Promise<void>;
  /** Takes new zones in the place of all old ones, between two queries; throws and changes nothing where one is wrong. */
  replaceZones(zones: readonly ZoneInput[]): void;
  /** The newest events last. */
  recentQueries(): readonly QueryEvent[];
}
