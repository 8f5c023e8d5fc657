import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withGrubEntries } from './grub.ts';
import { withIsolinuxEntries } from './isolinux.ts';

const master = {
  title: 'master1',
  kernelArguments: ['ip=10.0.0.1::10.0.0.254:255.0.0.0:m1.a.b:ens3:none', 'x=y'],
};
const worker = { title: 'worker1', kernelArguments: ['ip=10.0.0.2'] };

const isolinux = `default vesamenu.c32
timeout 600
menu title RHEL CoreOS
label linux
  menu label ^Install RHEL CoreOS
  menu default
  kernel /images/vmlinuz
  append initrd=/images/initramfs.img coreos.inst=yes
menu separator
menu end
`;

test('a menu of isolinux gets an entry that boots by itself after 5 s', () => {
  assert.equal(
    withIsolinuxEntries(isolinux, [master]),
    `timeout 50
default vesamenu.c32
menu title RHEL CoreOS
label holdfast1
  menu label master1
  menu default
  kernel /images/vmlinuz
  append initrd=/images/initramfs.img coreos.inst=yes ${master.kernelArguments.join(' ')}

label linux
  menu label ^Install RHEL CoreOS
  kernel /images/vmlinuz
  append initrd=/images/initramfs.img coreos.inst=yes
menu separator
menu end
`,
  );
});

test('several entries wait for a choice, and none is the default', () => {
  const menu = withIsolinuxEntries(isolinux, [master, worker]) ?? '';
  assert.match(menu, /^timeout 0\n/);
  assert.doesNotMatch(menu, /menu default/);
  assert.match(menu, /label holdfast2\n {2}menu label worker1\n/);
  const grub = withGrubEntries("menuentry 'a' {\n linux /v a\n initrd /i\n}\n", [master, worker]) ?? '';
  assert.match(grub, /set timeout=-1\n/);
});

test('a menu without a program for it is told which entry is the default', () => {
  const plain = isolinux.replace('default vesamenu.c32', 'default linux');
  assert.match(withIsolinuxEntries(plain, [master]) ?? '', /\ndefault holdfast1\n/);
});

test('a menu of GRUB gets its entry first, made from the first of the image, and boots it after 5 s', () => {
  const grub = `set default="1"
set timeout=60
menuentry 'Install RHEL CoreOS' --class fedora {
\tlinux /images/vmlinuz coreos.inst=yes
\tinitrd /images/initramfs.img
}
`;
  assert.equal(
    withGrubEntries(grub, [master]),
    `set default=0
set timeout=5
menuentry 'master1' {
\tlinux /images/vmlinuz coreos.inst=yes ${master.kernelArguments.join(' ')}
\tinitrd /images/initramfs.img
}
menuentry 'Install RHEL CoreOS' --class fedora {
\tlinux /images/vmlinuz coreos.inst=yes
\tinitrd /images/initramfs.img
}
`,
  );
});

test('a menu without an entry to begin from is left to somebody else', () => {
  assert.equal(withIsolinuxEntries('default x\n', [master]), undefined);
  assert.equal(withGrubEntries("menuentry 'x' {\n chainloader +1\n}\n", [master]), undefined);
});
