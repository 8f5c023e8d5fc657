/** English texts of the verbs that carry: copies, releases, bundles. */
export const cliCarry = {
  copy: {
    about: 'copy what is kept, or images from somewhere, to a registry, a folder or an archive',
    source:
      'id of a link or a snapshot, or docker://host/repository:tag, oci:FOLDER[:tag], oci-archive:FILE[:tag], oc:FOLDER',
    target:
      'docker://host/repository[:tag], oci:FOLDER, oci-archive:FILE, or oc:FOLDER as "oc image mirror --from-dir" takes it',
    authFile: 'a file with logins (pull secret, auth.json), asked before the configured ones',
    plainHttp: 'the registry speaks plain HTTP: the target, or the source where only that is a registry',
    ca: 'a file with the certificates (PEM) of its private authority',
    fromPlainHttp: 'the source speaks plain HTTP, where source and target are registries',
    fromCa: 'a file with the certificates (PEM) of the source’s private authority',
    platform: 'from a registry, copy this platform, as linux/amd64 (again for more; without it: all)',
    bar: 'Copied',
    done: (target: string, images: number, size: string, sent: string) =>
      `${target} has ${images} ${images === 1 ? 'image tag or artifact' : 'image tags and artifacts'} (${size}); sent: ${sent}`,
    refused: (digest: string) =>
      `The registry takes no list without all of its platforms; of ${digest} it has the chosen images only`,
    goOn: 'The same command goes on where it was: what the target has is not sent again',
  },
  release: {
    about: 'OpenShift releases that are kept',
    info: 'tell of a release, and what its installation from a mirror needs next',
    mirror: 'where the cluster will find it; without it, the registry of this Holdfast',
    extract: 'take a program out of a release, bound to it, without asking any registry',
    command: 'openshift-install, oc or openshift-baremetal-install',
    to: 'the folder to write it to',
    pinnedAt: 'bind it to the release in this mirror; without it, to where the release came from',
    system: 'linux, mac or windows (linux)',
    arch: 'the architecture of the machine that runs it, as amd64 or arm64, for a release of several',
    pinned: (pullspec: string) => `It installs ${pullspec}`,
    counts: (components: number, imageTags: string, signatures: number) =>
      `${components} ${components === 1 ? 'component' : 'components'}; image tags: ${imageTags}; ${signatures} ${signatures === 1 ? 'signature' : 'signatures'}`,
    installConfig: 'Add this to install-config.yaml:',
    mirrorSet: 'For a cluster that runs, save this and apply it with "oc apply -f":',
    signature: 'So that a cluster without a way to the signatures can verify the release, apply this too:',
    noSignature:
      'No signature is kept, so a cluster without a way to the signatures updates only with --force',
    notServed:
      'The registry is off: "holdfast serve" with HOLDFAST_REGISTRY_LISTEN serves the release there, or name another place with --mirror',
  },
  export: {
    about: 'write a bundle that carries links and their snapshots to another Holdfast without a network',
    to: 'the folder to write to, for example on a disk that is carried over',
    tag: 'links with this tag or one below it (again for more)',
    all: 'all links',
    history: 'every snapshot of the links, not only the one that each shows',
    partSize: 'the most that one file may take (4GiB, less one chunk of 4 MiB so that FAT takes it)',
    receipt:
      'leave out what the receiver has by this receipt (again for several receivers: what all of them have)',
    sign: 'sign with this Ed25519 key (PEM)',
    repair: 'write only the chunks that this report of "verify --report" or "import --report" asks for',
    newKey: 'make a key to sign with; its public half is written beside it',
    keyMade: (file: string, publicFile: string) => `Key ${file} was made; its public half is ${publicFile}`,
    keyNext: 'Keep the key here; carry the public half over once, by a way of its own, for --trust',
    bar: 'Written',
    plan: (links: number, snapshots: number, blobs: number, size: string, sizeBytes: number) =>
      `${links} ${links === 1 ? 'link' : 'links'}, ${snapshots} ${snapshots === 1 ? 'snapshot' : 'snapshots'}, ${blobs} ${blobs === 1 ? 'blob' : 'blobs'}: ${size} (${sizeBytes} bytes)`,
    leftOut: (blobs: number, size: string) =>
      `Left out by receipt: ${blobs} ${blobs === 1 ? 'blob' : 'blobs'} (${size})`,
    written: (size: string) => `Written and checked before: ${size}`,
    done: (folder: string, parts: number, size: string) =>
      `${folder} is complete: ${parts} ${parts === 1 ? 'part' : 'parts'} (${size}) and bundle.json`,
    repaired: (folder: string, chunks: number, size: string) =>
      `${folder} has ${chunks} ${chunks === 1 ? 'chunk' : 'chunks'} (${size}): carry it over and use it with "import --repair"`,
  },
  import: {
    about:
      'take in a bundle, or images that oc, skopeo or others wrote to a folder or an archive: everything that is sound',
    folder:
      'the folder of the bundle; a folder of "oc adm release mirror --to-dir", an OCI image layout, or a tar of one',
    tag: 'of images: put this tag on their links (again for more)',
    as: 'of images: what they are called, as docker://host/repository, where nothing in the folder says it',
    tookIn: (place: string, snapshots: number, size: string) =>
      `${snapshots} ${snapshots === 1 ? 'snapshot' : 'snapshots'} of ${place} (${size} new)`,
    unnamed: (images: number) =>
      `Nothing says what ${images === 1 ? 'this image is' : 'these images are'} called: name it with --as docker://host/repository`,
    bar: 'Taken in',
    plan: (blobs: number, size: string, sizeBytes: number, held: number) =>
      `${blobs} ${blobs === 1 ? 'blob' : 'blobs'} to take in: ${size} (${sizeBytes} bytes); ${held} are here already`,
    done: (blobs: number, size: string, recorded: number, known: number) =>
      `${blobs} ${blobs === 1 ? 'blob' : 'blobs'} (${size}) and ${recorded} ${recorded === 1 ? 'snapshot' : 'snapshots'} taken in; ${known} ${known === 1 ? 'snapshot was' : 'snapshots were'} here already`,
    incomplete: (digest: string, url: string) => `Snapshot ${digest} of ${url} is not complete`,
    lacksLeftOut: (digest: string) => `blob ${digest} was left out because a receipt said that it is here`,
    lacksDamaged: (digest: string) => `blob ${digest} is damaged in the bundle`,
    lacks: (digest: string) => `blob ${digest} is missing`,
    more: (blobs: number) => `and ${blobs} more`,
    refused: (url: string, detail: string) => `Refused: ${url}: ${detail}`,
    nextReceipt:
      'Next: make a receipt of what is here ("holdfast receipt -o FILE") and export with --receipt once more',
    nextRepair:
      'Next: send what "--report FILE" writes to whoever made the bundle ("holdfast export --repair FILE --to FOLDER"), then import again with --repair FOLDER',
  },
  receipt: {
    about: 'write what is here, so that an export to here leaves it out',
    next: 'Carry it to whoever exports: "holdfast export --receipt FILE"',
  },
  carry: {
    trust: 'take only what the key with this public half (PEM) has signed',
    repair: 'a folder with a repair (again for more)',
    report: 'write what is wrong to this file, as "export --repair" takes it',
    checking: 'Checked',
    space: (place: string, needed: string, neededBytes: number, free: string) =>
      `Space needed in ${place}: ${needed} (${neededBytes} bytes); free: ${free}`,
    signed: (key: string) => `Signed with the trusted key ${key}`,
    signatureUnchecked: (key: string) =>
      `Signed with key ${key}; the signature was not checked, since no --trust names a key`,
    unsigned: 'Not signed',
    badChunk: (part: string, chunk: number, fault: string, detail: string) =>
      `${part}, chunk ${chunk}: ${fault} (${detail})`,
    faults: {
      missing: 'missing',
      truncated: 'cut off',
      damaged: 'damaged',
      unreadable: 'unreadable',
    },
    overlong: (part: string, bytes: number) => `${part} goes on ${bytes} bytes behind its end`,
    hitBlob: (digest: string) => `Blob ${digest} is not whole`,
    hitSnapshot: (digest: string, url: string) => `Snapshot ${digest} of ${url} needs it`,
    good: (parts: number, size: string, blobs: number, snapshots: number) =>
      `All good: ${parts} ${parts === 1 ? 'part' : 'parts'} (${size}), ${blobs} ${blobs === 1 ? 'blob' : 'blobs'}, ${snapshots} ${snapshots === 1 ? 'snapshot' : 'snapshots'}`,
    askReport: 'Next: check again with --report FILE; "import" takes in all that is sound meanwhile',
    sendReport: (file: string) =>
      `Next: carry ${file} to whoever made the bundle, for "holdfast export --repair"; "import" takes in all that is sound meanwhile`,
    goOn: 'The same command goes on where it was',
  },
};
