/** English texts of `holdfast cluster`; each verb has its own part. */
export const cluster = {
  about: 'make the bastion of an offline OpenShift installation from one plan file',
  plan: 'the plan, a YAML file (docs/plan.md)',
  check: {
    about: 'report all that is wrong with a plan, with its place and the mend',
    error: 'error',
    warning: 'warning',
    contradicts: (place: string, path: string) => `contradicts ${path} at ${place}`,
    source: (page: string) => `source: ${page}`,
    good: (cluster: string, version: string, nodes: number) =>
      `Good: ${cluster}, OpenShift ${version}, ${nodes} ${nodes === 1 ? 'node' : 'nodes'}`,
    count: (errors: number, warnings: number) =>
      `${errors} ${errors === 1 ? 'error' : 'errors'}, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`,
  },
  render: {
    about: 'write every file of an installation, with nothing left to edit',
    to: 'the folder that the files go into; what else is in it stays',
    force: 'also replace files that were changed by hand since they were rendered',
    secret: 'secret',
    same: 'as before',
    changed: 'changed',
    removed: 'removed, the plan has it no more',
    done: (files: number, folder: string) => `${files} files in ${folder}; begin with RUNBOOK.md`,
  },
};
