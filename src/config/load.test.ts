import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { configurationDocs } from './docs.ts';
import { ConfigFaults, languageOf, loadConfig, type SettingName } from './index.ts';

describe('loadConfig()', () => {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  function load(from: {
    env?: Record<string, string>;
    flags?: Partial<Record<SettingName, string>>;
    file?: string;
  }) {
    const defaultData = mkdtempSync(join(tmpdir(), 'holdfast-config-'));
    folders.push(defaultData);
    if (from.file !== undefined) writeFileSync(join(defaultData, 'config.json'), from.file);
    return loadConfig({ env: from.env ?? {}, flags: from.flags ?? {}, cwd: '/somewhere', defaultData });
  }

  function faultsOf(from: Parameters<typeof load>[0]): readonly string[] {
    try {
      load(from);
    } catch (error) {
      assert.ok(error instanceof ConfigFaults);
      return error.faults.map((fault) => `${fault.code}: ${fault.message}`);
    }
    assert.fail('the configuration was taken');
  }

  test('works without any configuration', () => {
    const { config, warnings } = load({});
    assert.deepEqual(config.listen, { host: '127.0.0.1', port: 8420 });
    assert.deepEqual(config.replayListen, { host: '127.0.0.1', port: 8421 });
    assert.equal(config.captureTimeout, 60_000);
    assert.equal(config.captureMaxBytes, 256 * 2 ** 20);
    assert.ok(config.captureConcurrency >= 1 && config.captureConcurrency <= 8);
    assert.equal(config.database, null);
    assert.deepEqual(config.egressAllow, []);
    assert.deepEqual(warnings, []);
  });

  test('takes a flag before a variable before the file before the default', () => {
    const file = '{"captureTimeout": "3s", "logLevel": "warn", "captureConcurrency": 3}';
    const env = { HOLDFAST_CAPTURE_TIMEOUT: '2m', HOLDFAST_LOG_LEVEL: 'error' };
    const { config } = load({ file, env, flags: { captureTimeout: '90' } });
    assert.equal(config.captureTimeout, 90_000);
    assert.equal(config.logLevel, 'error');
    assert.equal(config.captureConcurrency, 3);
  });

  test('reads rules for mirrors, and names one that is no rule', () => {
    const env = { HOLDFAST_REGISTRY_MIRRORS: 'quay.io/a=m.test:5000/a|n.test, docker.io=m.test' };
    assert.deepEqual(load({ env }).config.registryMirrors, [
      { source: 'quay.io/a', mirrors: ['m.test:5000/a', 'n.test'] },
      { source: 'docker.io', mirrors: ['m.test'] },
    ]);
    for (const bad of ['quay.io', 'quay.io=', 'a=b=c', 'quay.io=https://m.test', '=m.test'])
      assert.match(faultsOf({ env: { HOLDFAST_REGISTRY_MIRRORS: bad } })[0]!, /config\.badMirrors/, bad);
  });

  test('reads addresses of stores of signatures, and names one that is none', () => {
    const env = { HOLDFAST_SIGNATURE_STORES: 'https://m.test/a, http://n.test' };
    assert.deepEqual(load({ env }).config.signatureStores, ['https://m.test/a', 'http://n.test']);
    for (const bad of ['m.test/a', 'ftp://m.test', 'file:///etc'])
      assert.match(faultsOf({ env: { HOLDFAST_SIGNATURE_STORES: bad } })[0]!, /config\.badWebAddress/, bad);
  });

  test('counts an empty variable as none', () => {
    assert.equal(load({ env: { HOLDFAST_LISTEN: ' ' } }).config.listen.port, 8420);
  });

  test('starts relative paths where the command is run', () => {
    assert.equal(load({ env: { HOLDFAST_DATA: 'kept' } }).config.data, '/somewhere/kept');
  });

  test('reads ranges from a list in the file and from text, in one form', () => {
    const expected = ['10.0.0.0/8', 'fd00::/8', '127.0.0.1/32'];
    assert.deepEqual(
      load({ file: '{"egressAllow": ["10.0.0.0/8", "fd00::/8", "127.0.0.1"]}' }).config.egressAllow,
      expected,
    );
    assert.deepEqual(
      load({ env: { HOLDFAST_EGRESS_ALLOW: '10.0.0.0/8, FD00::/8 127.0.0.1' } }).config.egressAllow,
      expected,
    );
  });

  test('tells all faults at once, each with its place', () => {
    const file =
      '{\n  "captureMaxBytes": "huge",\n  "nested": 1,\n  "logLevel":\n "loud", "replayListn": "x"\n}';
    const faults = faultsOf({
      file,
      env: { HOLDFAST_LISTEN: 'example.org:80', HOLDFAST_EGRESS_ALLOW: '10.0.0.0/8,10.0.0.0/33' },
      flags: { captureTimeout: '0' },
    });
    assert.deepEqual(faults, [
      'config.badAddress: HOLDFAST_LISTEN is "example.org:80", which is no address to listen on',
      'config.badRange: HOLDFAST_EGRESS_ALLOW names "10.0.0.0/33", which is no address range',
      'config.badDuration: --capture-timeout is "0", which is no duration from 1s to 1h',
      'config.badSize: config.json:2 "captureMaxBytes" is "huge", which is no size from 1MB to 64GB',
      'config.badChoice: config.json:4 "logLevel" is "loud", which is none of the choices',
      'config.unknownKey: config.json:3 "nested" is not a setting',
      'config.unknownKey: config.json:5 "replayListn" is not a setting',
    ]);
  });

  test('refuses a file that is not one flat object', () => {
    for (const file of ['{"listen": ', '[]', '7', '{"listen": {"port": 1}}']) {
      assert.match(faultsOf({ file }).join(), /^config\.badFile: .*config\.json" is not read: /, file);
    }
  });

  test('refuses addresses, origins and browsers that are none', () => {
    const bad: Record<string, string[]> = {
      HOLDFAST_LISTEN: ['8420', ':8420', '::1:8420', '[127.0.0.1]:1', '127.0.0.1:70000', '127.0.0.1:'],
      HOLDFAST_PUBLIC_ORIGIN: [
        'keep.example.org',
        'https://a.example/path',
        'ftp://a.example',
        'https://u@a.example',
      ],
      HOLDFAST_BROWSER: ['ftp://127.0.0.1:9222', 'http://'],
      HOLDFAST_DATABASE: ['mysql://host/name', 'holdfast.sqlite'],
      HOLDFAST_CAPTURE_CONCURRENCY: ['0', '65', '1.5', '-1', 'many'],
      HOLDFAST_LANG: ['fr', 'chinese'],
    };
    for (const [variable, values] of Object.entries(bad)) {
      for (const value of values)
        assert.ok(faultsOf({ env: { [variable]: value } })[0]?.includes(variable), `${variable}=${value}`);
    }
  });

  test('refuses a range whose address is not where the range begins', () => {
    for (const range of ['10.1.2.3/8', 'fd00::1/8'])
      assert.match(faultsOf({ env: { HOLDFAST_EGRESS_ALLOW: range } }).join(), /badRange/, range);
  });

  test('never repeats the password of a database address', () => {
    const [fault] = faultsOf({ env: { HOLDFAST_DATABASE: 'mysql://me:secret@host/name' } });
    assert.ok(!fault?.includes('secret'), fault);
  });

  test('refuses one origin for the interface and for saved pages', () => {
    assert.match(faultsOf({ env: { HOLDFAST_REPLAY_LISTEN: '127.0.0.1:8420' } }).join(), /sameAddress/);
    const origin = 'https://keep.example.org';
    assert.match(
      faultsOf({ env: { HOLDFAST_PUBLIC_ORIGIN: origin, HOLDFAST_REPLAY_ORIGIN: origin } }).join(),
      /sameAddress/,
    );
    assert.match(
      faultsOf({ env: { HOLDFAST_PUBLIC_ORIGIN: origin } }).join(),
      /HOLDFAST_REPLAY_ORIGIN is not/,
    );
  });

  test('warns of an unknown variable with the nearest name', () => {
    const { warnings } = load({ env: { HOLDFAST_LISTN: '1', HOLDFAST_TEST_X: '1', OTHER: '1' } });
    assert.deepEqual(
      warnings.map((warning) => [warning.message, warning.hint]),
      [['Variable HOLDFAST_LISTN is not a setting and has no effect', 'The nearest name is HOLDFAST_LISTEN']],
    );
  });

  test('takes the language from the locale where no setting names one', () => {
    assert.equal(load({ env: { LC_ALL: 'zh_CN.UTF-8' } }).config.lang, 'zh-CN');
    assert.equal(load({ env: { LC_ALL: 'zh_CN.UTF-8', HOLDFAST_LANG: 'en' } }).config.lang, 'en');
    assert.equal(load({ env: { LANG: 'de_DE.UTF-8' } }).config.lang, 'en');
    assert.equal(languageOf({ LANG: 'C' }), 'en');
  });
});

test('docs/configuration.md is what the schema gives (npm run docs)', () => {
  const file = new URL('../../docs/configuration.md', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), configurationDocs());
});
