/** Endings of paths behind which a page is rare: archives, disks, packages, programs, documents. */
const endings = new Set(
  `7z apk appimage bin bz2 cab conda crate cpio deb dmg efi exe gem gz img initramfs iso jar kernel lz4 lzma msi
  nupkg ova pdf pkg qcow2 rar raw rpm sig squashfs tar tgz txz vhd vhdx vmdk war wasm whl xz zip zst`.split(
    /\s+/,
  ),
);

/** True for an address whose path ends as those of files do. */
export function hasFileEnding(url: URL): boolean {
  const ending = /\.([a-z0-9]+)$/i.exec(url.pathname)?.[1];
  return ending !== undefined && endings.has(ending.toLowerCase());
}
