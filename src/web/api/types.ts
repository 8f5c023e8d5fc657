import type { z } from '@hono/zod-openapi';
import type * as clusterSchema from '../../http/schema/clusters.ts';
import type * as contentsSchema from '../../http/schema/contents.ts';
import type * as schema from '../../http/schema/links.ts';
import type * as registrySchema from '../../http/schema/registry.ts';
import type * as requestSchema from '../../http/schema/requests.ts';
import type * as sessionSchema from '../../http/schema/session.ts';

/** What the API speaks of; the shapes are those of its schemas. */
export type Link = z.infer<typeof schema.link>;
export type LinkPage = z.infer<typeof schema.linkPage>;
export type Snapshot = z.infer<typeof schema.snapshot>;
export type SnapshotResources = z.infer<typeof schema.snapshotResources>;
export type Resource = z.infer<typeof schema.resource>;
export type Job = z.infer<typeof schema.job>;
export type Verdict = z.infer<typeof schema.verdict>;
export type Format = z.infer<typeof schema.format>;
export type TagCount = z.infer<typeof schema.tagCount>;
export type NewLinks = z.infer<typeof schema.newLinks>;
export type AddedLinks = z.infer<typeof schema.addedLinks>;
export type JobState = Job['state'];
export type SnapshotKind = Snapshot['kind'];

export type SnapshotContents = z.infer<typeof contentsSchema.snapshotContents>;
export type ContentsRoot = z.infer<typeof contentsSchema.contentsRoot>;
export type PlatformImage = z.infer<typeof contentsSchema.platformImage>;
export type ImageDetail = z.infer<typeof contentsSchema.imageDetail>;
export type StoredFile = z.infer<typeof contentsSchema.storedFile>;
export type ReleaseInstallation = z.infer<typeof contentsSchema.releaseInstallation>;
export type Registry = NonNullable<z.infer<typeof registrySchema.registry>['registry']>;
export type RegistryRepository = Registry['repositories'][number];
export type RegistryImageTags = z.infer<typeof registrySchema.registryImageTags>;

export type Cluster = z.infer<typeof clusterSchema.cluster>;
export type ClusterSummary = z.infer<typeof clusterSchema.clusterList>['clusters'][number];
export type ClusterNode = Cluster['nodes'][number];
export type ClusterStep = Cluster['steps'][number];

export type Session = z.infer<typeof sessionSchema.session>;
export type ApiToken = z.infer<typeof sessionSchema.apiToken>;
export type JobList = z.infer<typeof requestSchema.jobList>;
export type BulkChange = z.infer<typeof requestSchema.bulkChange>;

/** The order of a list. */
export type Sort = 'added' | 'updated' | 'title' | 'relevance';
export const sorts: readonly Sort[] = ['added', 'updated', 'title', 'relevance'];
export const verdicts: readonly Verdict[] = ['good', 'not-found', 'truncated', 'blank', 'failed'];
