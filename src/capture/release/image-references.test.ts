import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOf } from '../../kernel/index.ts';
import { parseImageReferences } from './image-references.ts';
import { PayloadFault } from './payload-fault.ts';
import { imageReferences } from './testing/release-source.ts';

const digest = digestOf('etcd');
const good = `quay.io/openshift-release-dev/ocp-v4.0-art-dev@${digest}`;
const parse = (text: string) => parseImageReferences(Buffer.from(text));

test('components are read with their repository and digest, wherever they live', () => {
  const other = `registry.example.com:5000/a/b@${digest}`;
  assert.deepEqual(
    parse(
      imageReferences('4.5.9', [
        ['etcd', good],
        ['machine-os-content', other],
      ]),
    ),
    {
      version: '4.5.9',
      components: [
        { name: 'etcd', repository: 'quay.io/openshift-release-dev/ocp-v4.0-art-dev', digest },
        { name: 'machine-os-content', repository: 'registry.example.com:5000/a/b', digest },
      ],
    },
  );
});

test('names and images that could do harm are refused with their place', () => {
  const cases: [name: string, image: string, fault: RegExp][] = [
    ['a/b', good, /spec\.tags\[0\]\.name/],
    ['../etc', good, /spec\.tags\[0\]\.name/],
    ['a\nb', good, /spec\.tags\[0\]\.name/],
    ['', good, /spec\.tags\[0\]\.name/],
    ['x'.repeat(65), good, /spec\.tags\[0\]\.name/],
    ['etcd', `file:///etc/passwd@${digest}`, /spec\.tags\[0\]\.from\.name/],
    ['etcd', `docker://${good}`, /from\.name/],
    ['etcd', `http://169.254.169.254/x@${digest}`, /from\.name/],
    ['etcd', `etcd@${digest}`, /from\.name/],
    ['etcd', 'quay.io/a/b:latest', /from\.name/],
    ['etcd', `quay.io/a/b:tag@${digest}`, /from\.name/],
    ['etcd', `user:password@quay.io/a@${digest}`, /from\.name/],
    ['etcd', `quay.io/../b@${digest}`, /from\.name/],
    ['etcd', `quay.io/a b@${digest}`, /from\.name/],
    ['etcd', 'quay.io/a/b@sha256:123', /from\.name/],
  ];
  for (const [name, image, fault] of cases)
    assert.throws(
      () => parse(imageReferences('4.5.9', [[name, image]])),
      (error) => error instanceof PayloadFault && fault.test(error.message),
      `${name} ${image}`,
    );
});

test('what is no ImageStream, too large, too deep or ambiguous is refused', () => {
  const refused = (text: string, fault: RegExp) =>
    assert.throws(
      () => parse(text),
      (error) => error instanceof PayloadFault && fault.test(error.message),
    );
  refused('kind: ImageStream', /not JSON/);
  refused('[]', /image-references: /);
  refused(imageReferences('4.5.9', []), /spec\.tags/);
  refused(imageReferences('4.5.9/../x', [['etcd', good]]), /metadata\.name/);
  refused(imageReferences('latest', [['etcd', good]]), /metadata\.name/);
  refused(
    imageReferences('4.5.9', [
      ['etcd', good],
      ['etcd', good],
    ]),
    /names "etcd" twice/,
  );
  refused(
    imageReferences(
      '4.5.9',
      Array.from({ length: 2_001 }, (_, at) => [`c${at}`, good] as const),
    ),
    /spec\.tags/,
  );
  refused(`"${'x'.repeat(2 * 1024 * 1024)}"`, /longer than 2097152 bytes/);
  refused('['.repeat(1_000_000), /not JSON/);
});
