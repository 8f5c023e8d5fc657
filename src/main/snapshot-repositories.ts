/** Pages and files stand in the registry below this name, each link in a repository of its own that nothing else gets into. */
export const snapshotRepositories = 'snapshots';
