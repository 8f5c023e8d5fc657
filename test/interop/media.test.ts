import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmod,
  copyFile,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { customizeIso, nodeIso, readLiveIso, resetIso } from '../../src/cluster/media/index.ts';
import {
  bootRecords,
  extract,
  installerFiles,
  liveFiles,
  makeIso,
  missingTools,
  ownArguments,
} from '../../src/cluster/media/testing/make-isos.ts';
import { HoldfastError, hasCode } from '../../src/kernel/index.ts';

const run = promisify(execFile);
const kernelArguments = [
  'ip=10.225.45.251::10.225.45.254:255.255.255.0:master1.openshift4.example.com:ens192:none',
  'nameserver=10.225.45.250',
  'coreos.inst.install_dev=/dev/sda',
  'coreos.inst.ignition_url=http://10.225.45.250:8080/ignition/master.ign',
];
const ignition = Buffer.from(
  JSON.stringify({ ignition: { version: '3.2.0' }, passwd: { users: [{ name: 'core' }] } }),
);
const coded = (code: string) => (error: unknown) => hasCode(error, code);

describe('boot media, judged by xorriso', { skip: missingTools }, () => {
  let folder: string;
  let live: string;
  let installer: string;
  const at = (name: string) => join(folder, name);

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-media-'));
    live = await makeIso(folder, 'live', liveFiles());
    installer = await makeIso(folder, 'installer', installerFiles());
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('a live image gets arguments and config in its areas, and nothing else changes', async () => {
    const target = at('master1.iso');
    assert.equal(
      await nodeIso({ source: live, target, title: 'master1', kernelArguments, ignition }),
      'areas',
    );
    assert.equal((await stat(target)).mode & 0o777, 0o600);
    const now = await readLiveIso(target);
    assert.equal(now.kernelArguments?.current, [ownArguments, ...kernelArguments].join(' '));
    await Promise.all([extract(live, at('before')), extract(target, at('after'))]);
    assert.deepEqual(await differing(at('before'), at('after')), [
      'EFI/redhat/grub.cfg',
      'images/ignition.img',
      'isolinux/isolinux.cfg',
    ]);
    const menu = await readFile(at('after/isolinux/isolinux.cfg'), 'utf8');
    assert.match(menu, /\n {2}append initrd=\S+ random[^\n#]+ignition\/master\.ign\n#+\nmenu separator\n/);
    assert.equal(await bootRecords(target), (await bootRecords(live)).replaceAll(live, target));
    await run(
      'sh',
      [
        '-c',
        'gzip -dc after/images/ignition.img 2>/dev/null > initramfs; mkdir x; cd x; cpio -id --quiet < ../initramfs || true',
      ],
      { cwd: folder },
    );
    if (spawnSync('cpio', ['--version']).error === undefined)
      assert.deepEqual(await readFile(at('x/config.ign')), ignition);
  });

  test('ignition-validate takes the config that is read back from the image', async (t) => {
    if (spawnSync('ignition-validate', ['--version']).error)
      return t.skip('ignition-validate is not installed');
    const made = await customizeIso({ source: live, target: at('validated.iso'), ignition });
    const embedded = made.ignition?.embedded;
    await writeFile(at('config.ign'), embedded?.kind === 'config' ? embedded.config : '');
    await run('ignition-validate', [at('config.ign')]);
  });

  test('the same input gives the same bytes, from an image that was changed before as well, and reset gives the original', async () => {
    const [once, twice, reset] = [at('once.iso'), at('twice.iso'), at('reset.iso')];
    await customizeIso({ source: live, target: once, ignition, kernelArguments });
    await customizeIso({ source: once, target: twice, ignition, kernelArguments });
    await resetIso({ source: twice, target: reset });
    assert.ok((await readFile(once)).equals(await readFile(twice)));
    assert.ok((await readFile(live)).equals(await readFile(reset)));
  });

  test('the installer of 4.5 boots the node’s line from both menus, its boot records kept', async () => {
    const target = at('bootstrap.iso');
    assert.equal(await nodeIso({ source: installer, target, title: 'bootstrap', kernelArguments }), 'menu');
    await extract(target, at('installed'));
    const line = kernelArguments.join(' ');
    const [bios, uefi] = await Promise.all(
      ['isolinux/isolinux.cfg', 'EFI/redhat/grub.cfg'].map((path) =>
        readFile(at(`installed/${path}`), 'utf8'),
      ),
    );
    assert.ok(
      bios?.includes(`append initrd=/images/initramfs.img nomodeset rd.neednet=1 coreos.inst=yes ${line}\n`),
    );
    assert.ok(uefi?.includes(`linux /images/vmlinuz nomodeset rd.neednet=1 coreos.inst=yes ${line}\n`));
    const kinds = async (iso: string) =>
      (await bootRecords(iso))
        .split('\n')
        .filter((text) =>
          /^El Torito (?:images|boot img|img path)|^System area (?:summary|options)/.test(text),
        )
        .map((text) => text.replace(/\s+\d+(?=\s|$)/g, ' n'));
    const records = await kinds(target);
    assert.deepEqual(records, await kinds(installer));
    assert.ok(
      records.some((text) => text.includes('UEFI')) && records.some((text) => text.includes('isohybrid')),
    );
  });

  test('a live image without areas for arguments has them in its menu, and its config in the area', async () => {
    const { 'coreos/kargs.json': _, 'coreos/igninfo.json': __, ...files } = liveFiles();
    const source = await makeIso(folder, 'live46', files);
    const target = at('live46-node.iso');
    assert.equal(
      await nodeIso({ source, target, title: 'worker1', kernelArguments, ignition }),
      'menu-and-area',
    );
    assert.equal((await readLiveIso(target)).ignition?.embedded.kind, 'config');
    assert.deepEqual(
      (await readdir(folder)).filter((name) => /\.(?:menu|part)$/.test(name)),
      [],
    );
  });

  test('what can not be done is said before anything is written', async () => {
    const target = at('never.iso');
    const small = await makeIso(folder, 'small', liveFiles(1));
    const noise = Buffer.from(
      JSON.stringify({ ignition: { version: '3.2.0' }, noise: randomBytes(4_000).toString('hex') }),
    );
    const long = Array.from({ length: 60 }, (_, i) => `argument${i}=${'x'.repeat(20)}`);
    const cases: readonly [string, () => Promise<unknown>][] = [
      ['media.noArea', () => customizeIso({ source: installer, target, ignition })],
      ['media.noArea', () => customizeIso({ source: installer, target, kernelArguments })],
      ['media.noArea', () => nodeIso({ source: installer, target, title: 'm', kernelArguments, ignition })],
      ['media.tooLarge', () => customizeIso({ source: small, target, ignition: noise })],
      ['media.tooLarge', () => customizeIso({ source: live, target, kernelArguments: long })],
      ['media.badArgument', () => customizeIso({ source: live, target, kernelArguments: ['a b'] })],
      [
        'media.badArgument',
        () => nodeIso({ source: installer, target, title: 'x', kernelArguments: ['a;reboot'] }),
      ],
      ['media.badArgument', () => nodeIso({ source: installer, target, title: "a' {", kernelArguments })],
      ['media.badIgnition', () => customizeIso({ source: live, target, ignition: Buffer.from('{}') })],
      ['media.sameFile', () => customizeIso({ source: live, target: live })],
      ['media.io', () => customizeIso({ source: at('none.iso'), target })],
      ['media.io', () => customizeIso({ source: live, target: at('no/folder.iso') })],
      [
        'media.noXorriso',
        () => nodeIso({ source: installer, target, title: 'm', kernelArguments, xorriso: at('none') }),
      ],
      ['media.cancelled', () => customizeIso({ source: live, target, signal: AbortSignal.abort() })],
    ];
    for (const [code, made] of cases) await assert.rejects(made(), coded(code), code);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => /never|\.part$/.test(name)),
      [],
    );
  });

  test('an image that is cut off, none at all or made to mislead is refused, and never read without end', async () => {
    const target = at('never.iso');
    const broken = at('broken.iso');
    await copyFile(live, broken);
    await chmod(broken, 0o600);
    await truncate(broken, (await stat(broken)).size - 300 * 1024);
    await assert.rejects(customizeIso({ source: broken, target, kernelArguments }), coded('media.truncated'));
    await writeFile(broken, Buffer.alloc(100_000));
    await assert.rejects(customizeIso({ source: broken, target }), coded('media.notIso'));
    const bytes = await readFile(live);
    const fields = [158, 166].map((field) => 16 * 2048 + field);
    const json = bytes.indexOf('"size":');
    const changes = [
      ...fields,
      bytes.readUInt32LE(fields[0]!) * 2048,
      json + 7,
      bytes.indexOf('"offset":') + 9,
    ];
    for (const [index, offset] of changes.entries()) {
      await copyFile(live, broken);
      const file = await open(broken, 'r+');
      await file.write(
        index < 2 ? Buffer.alloc(4, 0xff) : index === 2 ? Buffer.alloc(8, 0x21) : Buffer.from('9999'),
        0,
        undefined,
        offset,
      );
      await file.close();
      await assert.rejects(
        customizeIso({ source: broken, target, kernelArguments }),
        (error) => error instanceof HoldfastError && error.code.startsWith('media.'),
        String(index),
      );
    }
  });

  /** Files that differ between two folders; what xorriso itself writes anew at extraction is alike. */
  async function differing(one: string, other: string): Promise<readonly string[]> {
    const { stdout } = await run('diff', ['-rq', one, other]).catch((error: { stdout: string }) => error);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.replace(`Files ${one}/`, '').replace(/ and .*/, ''))
      .sort();
  }
});
