import { keepRules } from './keep-rules.ts';
import { language } from './language.ts';
import {
  browser,
  choice,
  count,
  database,
  duration,
  listenAddress,
  mirrorRules,
  optionalListenAddress,
  optionalPath,
  origin,
  path,
  ranges,
  size,
  type ValueReader,
  webAddresses,
  words,
} from './values.ts';

/** One setting: its names, what it stands for, and how its text is read. The key in the file is the key in the table. */
export interface Setting<T> {
  readonly variable: `HOLDFAST_${string}`;
  readonly flag: `--${string}`;
  /** What takes its place in usage lines. */
  readonly argument: string;
  readonly about: string;
  /** As a person would write it; absent where it depends on the machine. */
  readonly default?: string;
  /** How the default is told where it depends on the machine. */
  readonly defaultText?: string;
  readonly example: string;
  readonly read: ValueReader<T>;
}

const setting = <T>(it: Setting<T>): Setting<T> => it;

/** The schema: every setting that there is. The documentation, the flags and the checks are made from it. */
export const settings = {
  data: setting({
    variable: 'HOLDFAST_DATA',
    flag: '--data',
    argument: '<folder>',
    about:
      'The folder that holds everything: database, snapshots, `config.json`. Relative paths start where the command is run.',
    defaultText: "`data` in the program's folder",
    example: '/srv/holdfast',
    read: path,
  }),
  listen: setting({
    variable: 'HOLDFAST_LISTEN',
    flag: '--listen',
    argument: '<address:port>',
    about:
      'Where the web interface and the API listen. On a loopback address nobody logs in; on any other a login is asked for.',
    default: '127.0.0.1:8420',
    example: '0.0.0.0:8420',
    read: listenAddress,
  }),
  replayListen: setting({
    variable: 'HOLDFAST_REPLAY_LISTEN',
    flag: '--replay-listen',
    argument: '<address:port>',
    about: 'Where saved pages are shown from: an origin of its own, which has no access to your session.',
    default: '127.0.0.1:8421',
    example: '0.0.0.0:8421',
    read: listenAddress,
  }),
  registryListen: setting({
    variable: 'HOLDFAST_REGISTRY_LISTEN',
    flag: '--registry-listen',
    argument: '<address:port>',
    about:
      'Where the OCI registry listens; empty: nowhere. On a loopback address everybody on this machine may pull and push; on any other a user or a robot has to log in (`holdfast registry robot add`).',
    default: '',
    defaultText: 'nowhere',
    example: '0.0.0.0:8443',
    read: optionalListenAddress,
  }),
  registryTls: setting({
    variable: 'HOLDFAST_REGISTRY_TLS',
    flag: '--registry-tls',
    argument: '<mode>',
    about:
      'Whether the registry speaks HTTPS: `auto` (everywhere but on loopback), `on` or `off`. Its certificate is issued by an authority of its own, which `holdfast registry ca` prints, unless one is given.',
    default: 'auto',
    example: 'on',
    read: choice('auto', 'on', 'off'),
  }),
  registryNames: setting({
    variable: 'HOLDFAST_REGISTRY_NAMES',
    flag: '--registry-names',
    argument: '<names>',
    about:
      'The DNS names and IP addresses that clients know the registry by, commas between them: what its certificate is issued for.',
    default: '',
    defaultText: 'the name and the addresses of this machine',
    example: 'registry.lab.example.org, 10.0.0.5',
    read: words,
  }),
  registryCertificate: setting({
    variable: 'HOLDFAST_REGISTRY_CERTIFICATE',
    flag: '--registry-certificate',
    argument: '<file>',
    about:
      'A certificate for the registry in place of an issued one: PEM, that of the server first, those of its issuers after it.',
    default: '',
    defaultText: 'one is issued',
    example: '/etc/holdfast/registry.pem',
    read: optionalPath,
  }),
  registryKey: setting({
    variable: 'HOLDFAST_REGISTRY_KEY',
    flag: '--registry-key',
    argument: '<file>',
    about: 'The private key of the given certificate: PEM, without a passphrase.',
    default: '',
    defaultText: 'in the file of the certificate',
    example: '/etc/holdfast/registry.key',
    read: optionalPath,
  }),
  registryAccess: setting({
    variable: 'HOLDFAST_REGISTRY_ACCESS',
    flag: '--registry-access',
    argument: '<mode>',
    about:
      'What the registry lets people do: `login` (as the address says), `anonymous-pull` (everybody may pull), `read-only` (nobody may push or delete), `anonymous-read-only` (both).',
    default: 'login',
    example: 'anonymous-pull',
    read: choice('login', 'anonymous-pull', 'read-only', 'anonymous-read-only'),
  }),
  egressAllow: setting({
    variable: 'HOLDFAST_EGRESS_ALLOW',
    flag: '--egress-allow',
    argument: '<ranges>',
    about:
      'Address ranges (CIDR, commas between them) that captures may reach although they are private, loopback or otherwise refused.',
    default: '',
    example: '10.0.0.0/8, fd00::/8',
    read: ranges,
  }),
  browser: setting({
    variable: 'HOLDFAST_BROWSER',
    flag: '--browser',
    argument: '<path or address>',
    about: "The browser that takes snapshots: Chromium's program, or the CDP address of a running one.",
    default: '',
    defaultText: 'found by itself',
    example: '/usr/lib/chromium/chromium-headless-shell',
    read: browser,
  }),
  database: setting({
    variable: 'HOLDFAST_DATABASE',
    flag: '--database',
    argument: '<address>',
    about: 'The address of a Postgres database. Snapshots stay in the data folder.',
    default: '',
    defaultText: 'SQLite, in the data folder',
    example: 'postgres://holdfast@db.example.org/holdfast',
    read: database,
  }),
  captureTimeout: setting({
    variable: 'HOLDFAST_CAPTURE_TIMEOUT',
    flag: '--capture-timeout',
    argument: '<duration>',
    about: 'How long one capture may take; what is there by then is kept.',
    default: '60s',
    example: '2m',
    read: duration('1s', '1h'),
  }),
  captureConcurrency: setting({
    variable: 'HOLDFAST_CAPTURE_CONCURRENCY',
    flag: '--capture-concurrency',
    argument: '<number>',
    about: 'How many pages are captured at the same time.',
    defaultText: 'two for each processor core, at most 8',
    example: '4',
    read: count(1, 64),
  }),
  captureMaxBytes: setting({
    variable: 'HOLDFAST_CAPTURE_MAX_BYTES',
    flag: '--capture-max-bytes',
    argument: '<size>',
    about: 'The most that one capture may bring from the network; the rest is cut off.',
    default: '256MiB',
    example: '1GB',
    read: size('1MB', '64GB'),
  }),
  pullSecret: setting({
    variable: 'HOLDFAST_PULL_SECRET',
    flag: '--pull-secret',
    argument: '<file>',
    about:
      "Logins for image registries: a pull secret, or Docker's or Podman's own file (JSON with `auths`). It is read anew for each image.",
    default: '',
    defaultText: '`pull-secret.json` in the data folder, else what Podman or Docker use',
    example: '/etc/holdfast/pull-secret.json',
    read: optionalPath,
  }),
  releaseKeys: setting({
    variable: 'HOLDFAST_RELEASE_KEYS',
    flag: '--release-keys',
    argument: '<file>',
    about:
      'Public keys (armored OpenPGP) that are trusted to sign OpenShift releases. Without them a signature is held only against the keys that a release brings along, which prove nothing by themselves.',
    default: '',
    defaultText: 'none',
    example: '/etc/pki/rpm-gpg/RPM-GPG-KEY-redhat-release',
    read: optionalPath,
  }),
  signatureStores: setting({
    variable: 'HOLDFAST_SIGNATURE_STORES',
    flag: '--signature-stores',
    argument: '<addresses>',
    about:
      'Where signatures of OpenShift releases are looked for first, commas between them; then the stores that a release names and the public one are asked.',
    default: '',
    example: 'https://mirror.example.org/signatures/openshift/release',
    read: webAddresses,
  }),
  registryMirrors: setting({
    variable: 'HOLDFAST_REGISTRY_MIRRORS',
    flag: '--registry-mirrors',
    argument: '<rules>',
    about:
      'Where images are asked for first: `source=mirror`, several mirrors with `|` between them, several rules with commas. A source is a registry, or a path in one.',
    default: '',
    example: 'quay.io/openshift-release-dev=mirror.example.org:5000/ocp|backup.example.org/ocp',
    read: mirrorRules,
  }),
  keep: setting({
    variable: 'HOLDFAST_KEEP',
    flag: '--keep',
    argument: '<rules>',
    about:
      'Which snapshots of a link stay; what no word keeps goes with `holdfast gc`, and once a day while a server runs. Words as in restic: `last=10` (so many of the newest), `hourly=`, `daily=`, `weekly=`, `monthly=`, `yearly=` (the newest of each, for so many of them), `within=30d` (those that are younger; `h`, `d`, `w`, `m` for 30 days, `y`), `all`. A tag and a colon before them make a rule for links with that tag or one below it; rules without a tag are for all other links. Commas stand between rules. The newest good snapshot and pinned ones always stay.',
    default: '',
    defaultText: 'none: every snapshot stays',
    example: 'last=10 daily=7 monthly=12, ocp/4.5: last=3, news: within=30d',
    read: keepRules,
  }),
  publicOrigin: setting({
    variable: 'HOLDFAST_PUBLIC_ORIGIN',
    flag: '--public-origin',
    argument: '<origin>',
    about: 'Behind a reverse proxy: the origin that people have in their browser for the web interface.',
    default: '',
    example: 'https://keep.example.org',
    read: origin,
  }),
  replayOrigin: setting({
    variable: 'HOLDFAST_REPLAY_ORIGIN',
    flag: '--replay-origin',
    argument: '<origin>',
    about: 'Behind a reverse proxy: the origin that saved pages are shown from. It has to be another one.',
    default: '',
    example: 'https://replay.example.org',
    read: origin,
  }),
  trustedProxies: setting({
    variable: 'HOLDFAST_TRUSTED_PROXIES',
    flag: '--trusted-proxies',
    argument: '<ranges>',
    about:
      'Addresses (CIDR) of reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.',
    default: '',
    example: '127.0.0.1/32',
    read: ranges,
  }),
  logLevel: setting({
    variable: 'HOLDFAST_LOG_LEVEL',
    flag: '--log-level',
    argument: '<level>',
    about: 'How much the server logs, as JSON lines on stderr: `debug`, `info`, `warn`, `error` or `silent`.',
    default: 'info',
    example: 'warn',
    read: choice('debug', 'info', 'warn', 'error', 'silent'),
  }),
  lang: setting({
    variable: 'HOLDFAST_LANG',
    flag: '--lang',
    argument: '<language>',
    about: 'The language of the command line: `en` or `zh-CN`.',
    defaultText: 'by `LC_ALL`, `LC_MESSAGES`, `LANG`',
    example: 'zh-CN',
    read: language,
  }),
};

export type SettingName = keyof typeof settings;

/** The configuration, read and checked; times in milliseconds, sizes in bytes, paths absolute. */
export type Config = { readonly [K in SettingName]: ReturnType<(typeof settings)[K]['read']> };
