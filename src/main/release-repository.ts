/** Where releases are served from, whatever they were mirrored from: one repository, as `oc` mirrors them. */
export const releaseRepository = 'openshift/release';
