import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openIso } from '../../src/cluster/media/iso/iso-image.ts';
import {
  installerFiles,
  liveFiles,
  makeIso,
  missingTools,
} from '../../src/cluster/media/testing/make-isos.ts';
import { newHoldfast } from '../support/holdfast.ts';

const plan = join(import.meta.dirname, '../../examples/ocp-4.5.9/plan.yaml');
const later = join(import.meta.dirname, '../../examples/ocp-4.20/plan.yaml');

interface Report {
  readonly images: readonly {
    readonly node: string;
    readonly file: string;
    readonly way: string;
    readonly kernelArguments: readonly string[];
  }[];
}

describe('holdfast cluster iso', { skip: missingTools }, () => {
  let folder: string;
  let installer: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-isos-'));
    installer = await makeIso(folder, 'installer', installerFiles());
  });
  after(() => rm(folder, { recursive: true, force: true }));

  test('makes an image for each installation of the reference plan, with the line of its node', async () => {
    const { run } = newHoldfast();
    const to = join(folder, 'all');
    const made = (
      await run(['cluster', 'iso', plan, '--iso', installer, '--to', to, '--json'])
    ).json<Report>();
    assert.deepEqual(
      made.images.map(({ node, way }) => [node, way]),
      ['bootstrap', 'master1', 'master2', 'master3', 'worker1'].map((node) => [node, 'menu']),
    );
    const iso = await openIso(made.images[0]!.file);
    const menu = String(await iso.findBytes('isolinux/isolinux.cfg', 100_000));
    await iso.close();
    assert.ok(
      menu.includes(
        'coreos.inst=yes ip=10.225.45.223::10.225.45.254:255.255.255.0:bootstrap.openshift4.example.com:ens192:none nameserver=10.225.45.250 coreos.inst.install_dev=sda coreos.inst.image_url=http://10.225.45.250:8080/rhcos.raw.gz coreos.inst.ignition_url=http://10.225.45.250:8080/ignition/bootstrap.ign\n',
      ),
    );
  });

  test('embeds the line of one node into a live image, and names the choices for one that is not there', async () => {
    const { run } = newHoldfast();
    const live = await makeIso(folder, 'live', liveFiles());
    const args = ['cluster', 'iso', later, '--iso', live, '--to', join(folder, 'one'), '--node'];
    const one = await run([...args, 'bootstrap']);
    assert.match(one.stdout, /^bootstrap {2}\S+\/one\/bootstrap\.iso {2}kernel arguments embedded\n$/);
    const none = await run([...args, 'nobody']);
    assert.equal(none.code, 2);
    assert.match(none.stderr, /bootstrap/);
  });
});
