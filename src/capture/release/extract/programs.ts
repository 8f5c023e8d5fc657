import { isAtLeast } from '../../../kernel/index.ts';
import { type Marker, markers } from './markers.ts';

/** A program that a release carries. */
export type ProgramName = 'openshift-install' | 'oc' | 'openshift-baremetal-install';
export const programNames: readonly ProgramName[] = [
  'openshift-install',
  'oc',
  'openshift-baremetal-install',
];

/** The system that a program is for. */
export type ProgramSystem = 'linux' | 'mac' | 'windows';

/** Where a program lies in a release. */
export interface ProgramPlace {
  readonly component: string;
  readonly path: string;
}

const places: Readonly<Record<ProgramName, Partial<Record<ProgramSystem, ProgramPlace>>>> = {
  'openshift-install': {
    linux: { component: 'installer', path: 'usr/bin/openshift-install' },
    mac: { component: 'installer-artifacts', path: 'usr/share/openshift/mac/openshift-install' },
  },
  'openshift-baremetal-install': {
    linux: { component: 'baremetal-installer', path: 'usr/bin/openshift-install' },
  },
  oc: {
    linux: { component: 'cli', path: 'usr/bin/oc' },
    mac: { component: 'cli-artifacts', path: 'usr/share/openshift/mac/oc' },
    windows: { component: 'cli-artifacts', path: 'usr/share/openshift/windows/oc.exe' },
  },
};

/** Where `oc adm release extract` finds a program; undefined where there is none for the system. */
export function placeOf(program: ProgramName, system: ProgramSystem): ProgramPlace | undefined {
  return places[program][system];
}

/** A marker that is to be filled. */
export interface Binding {
  readonly marker: Marker;
  readonly value: string;
  /** False where programs of this version may lack it. */
  readonly required: boolean;
}

/** What is filled in, as `oc` does: the installer learns release, version and architecture, `oc` the version that it reports. */
export function bindingsOf(
  program: ProgramName,
  release: { readonly version: string; readonly architecture: string; readonly pullspec: string },
): readonly Binding[] {
  const { version, architecture, pullspec } = release;
  if (program === 'oc') return [{ marker: markers.version, value: version, required: false }];
  return [
    { marker: markers.image, value: pullspec, required: true },
    { marker: markers.version, value: version, required: true },
    { marker: markers.architecture, value: architecture, required: isAtLeast(version, 20) },
  ];
}
