// Run by tests in place of openshift-install: what it does to files was measured with the real one.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeInstallerOptions } from './fake-installer.ts';

interface State {
  installConfig: string;
  certificates: Record<string, string>;
}

const [given = '', create, target, dirFlag, dir = '.'] = process.argv.slice(2);
const { options, certificates } = JSON.parse(readFileSync(given, 'utf8')) as {
  options: FakeInstallerOptions;
  certificates: Record<string, string>;
};
const at = (...parts: string[]) => join(dir, ...parts);
const isOld = (options.version ?? '4.5').startsWith('4.5');

function log(level: string, message: string): void {
  const line = `level=${level} msg=${JSON.stringify(message)}\n`;
  process.stderr.write(line);
  writeFileSync(at('.openshift_install.log'), `time="2020-09-17T08:00:00Z" ${line}`, { flag: 'a' });
}
function fatal(message: string): never {
  log('fatal', message);
  process.exit(1);
}
function write(path: string, text: string): void {
  writeFileSync(at(path), text, { mode: 0o640 });
}

function load(): State {
  const stateFile = at('.openshift_install_state.json');
  const state: State | undefined = existsSync(stateFile)
    ? JSON.parse(readFileSync(stateFile, 'utf8'))
    : undefined;
  const configFile = at('install-config.yaml');
  if (!existsSync(configFile) && !state)
    fatal('failed to fetch Manifests: failed to load asset "Install Config": the input is no terminal');
  if (existsSync(configFile)) log('info', 'Consuming Install Config from target directory');
  const installConfig = existsSync(configFile) ? readFileSync(configFile, 'utf8') : state!.installConfig;
  rmSync(configFile, { force: true });
  const loaded = {
    installConfig,
    certificates: state?.certificates ?? certificates,
  };
  writeFileSync(stateFile, JSON.stringify(loaded), { mode: 0o640 });
  return loaded;
}

function writeManifests(state: State): void {
  for (const name of ['manifests', 'openshift']) mkdirSync(at(name), { recursive: true });
  write('manifests/cluster-config.yaml', 'apiVersion: v1\nkind: ConfigMap\n');
  write(
    'manifests/cluster-scheduler-02-config.yml',
    'apiVersion: config.openshift.io/v1\nkind: Scheduler\nmetadata:\n  creationTimestamp: null\n  name: cluster\nspec:\n  mastersSchedulable: true\n  policy:\n    name: ""\nstatus: {}\n',
  );
  write('openshift/99_openshift-machineconfig_99-master-ssh.yaml', 'apiVersion: v1\nkind: MachineConfig\n');
  for (const name of ['master.ign', 'worker.ign'])
    if (existsSync(at(name))) {
      log('debug', `Deleting ${name}, which is made from what is made now`);
      rmSync(at(name));
    }
  if (options.tells) log('info', `Using ${state.installConfig}`);
}

const data = (text: string) => `data:text/plain;charset=utf-8;base64,${Buffer.from(text).toString('base64')}`;

function writeIgnition(state: State, single: boolean): void {
  const files: Record<string, string> = {
    '/opt/openshift/release': `${process.env.OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE ?? 'built in'}\n`,
  };
  for (const [name, pem] of Object.entries(state.certificates)) files[`/opt/openshift/tls/${name}`] = pem;
  for (const folder of ['manifests', 'openshift']) {
    if (!existsSync(at(folder))) continue;
    log('info', `Consuming ${folder} from target directory`);
    for (const name of readdirSync(at(folder)))
      if (!(options.forgets && name.includes('chrony')))
        files[`/opt/openshift/${folder}/${name}`] = readFileSync(at(folder, name), 'utf8');
    rmSync(at(folder), { recursive: true });
  }
  const root = { source: data(state.certificates['root-ca.crt']!) };
  const tls = { certificateAuthorities: [root] };
  const version = isOld ? '2.2.0' : '3.2.0';
  const entries = Object.entries(files).map(([path, text]) => ({
    ...(isOld && { filesystem: 'root' }),
    path,
    mode: 0o600,
    contents: { source: data(text) },
  }));
  const bootstrap = JSON.stringify({ ignition: { version }, storage: { files: entries } });
  mkdirSync(at('auth'), { recursive: true });
  write('auth/kubeadmin-password', 'aaaaa-bbbbb-ccccc-ddddd');
  write('auth/kubeconfig', options.kubeconfig ?? 'apiVersion: v1\nkind: Config\n');
  write('metadata.json', '{"clusterName":"openshift4"}');
  if (options.tells) log('info', 'Login with user: kubeadmin, password is aaaaa-bbbbb-ccccc-ddddd');
  if (single) return write('bootstrap-in-place-for-live-iso.ign', bootstrap);
  write('bootstrap.ign', bootstrap);
  for (const role of ['master', 'worker']) {
    const from = [{ source: `https://api-int.openshift4.example.com:22623/config/${role}` }];
    const config = isOld ? { append: from } : { merge: from };
    write(`${role}.ign`, JSON.stringify({ ignition: { version, config, security: { tls } } }));
  }
}

if (create !== 'create' || dirFlag !== '--dir') fatal('unknown command');
if (options.fails) fatal(options.fails);
if (options.hangs) await new Promise(() => setInterval(() => {}, 1000));
const state = load();
if (target === 'manifests') writeManifests(state);
else writeIgnition(state, target === 'single-node-ignition-config');
