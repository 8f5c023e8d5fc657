import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { greenPng, solid } from '../material/pictures.ts';
import type { FidelityCase } from './case.ts';
import type { Engine } from './engine.ts';
import type { Captured } from './judge.ts';
import { page, slot } from './page.ts';
import { plainEngine } from './plain-engine.ts';
import { runCase } from './run.ts';
import { type CaseServer, serveCases } from './server.ts';
import { openShower, type Shower } from './show.ts';

const data = `data:image/png;base64,${greenPng.toString('base64')}`;
const probe = (name: string, head: string, body: string, expect: FidelityCase['expect']): FidelityCase => ({
  name,
  promise: name,
  routes: { '': page({ head, body }), 'g.png': greenPng },
  expect,
});

const whole = probe('self-whole', '', `${slot(0, `<img src="${data}">`)}<p>All words</p>`, {
  green: 1,
  texts: ['All words'],
});
const linked = probe('self-linked', '', `${slot(0, '<img src="g.png">')}<p>All words</p>`, { green: 1 });
const lost = probe('self-lost', '', '<img src="none.png"><p>All words</p>', { pixels: false });

let server: CaseServer;
let shower: Shower;
let plain: Engine;

before(async () => {
  [server, shower, plain] = await Promise.all([
    serveCases([whole, linked, lost]),
    openShower(),
    plainEngine(),
  ]);
});
after(() => Promise.all([server.close(), shower.close(), plain.close()]));

/** Runs a case by an engine whose outcome was tampered with. */
async function problemsOf(
  one: FidelityCase,
  tamper: (outcome: Captured) => Partial<Captured> = () => ({}),
): Promise<string> {
  const engine: Engine = {
    capture: async (url) => {
      const outcome = await plain.capture(url);
      return { ...outcome, ...tamper(outcome) };
    },
    close: async () => undefined,
  };
  return (await runCase(one, { server, shower, engine })).join('\n');
}

test('a whole replay has no problems', async () => {
  assert.equal(await problemsOf(whole), '');
});

test('a replay that lost a picture is reported by slot, by pixels and by screenshot', async () => {
  const problems = await problemsOf(whole, ({ html }) => ({ html: html!.replace(data, 'data:,') }));
  assert.match(problems, /replay: slot 0 is rgb\(\d+ \d+ \d+\)/);
  assert.match(problems, /% of the pixels differ/);
});

test('a replay that asks the network is reported with the address', async () => {
  assert.match(await problemsOf(linked), /the replay asks the network for http:\/\/replay\.invalid\/g\.png/);
});

test('a replay that prefetches or connects past the page is reported', async () => {
  const problems = await problemsOf(whole, ({ html }) => ({
    html: `${html}<script>new Worker(URL.createObjectURL(new Blob(["fetch('http://127.0.0.2:8/w')"])))</script><link rel=prefetch href="http://127.0.0.2:8/p">`,
  }));
  assert.match(problems, /the replay asks the network/);
});

test('a replay that lost or changed a word is reported with the place', async () => {
  const problems = await problemsOf(whole, ({ html }) => ({ html: html!.replace('All words', 'All wards') }));
  assert.match(problems, /text differs at 4: live "Allwords", replay "Allwards"/);
  assert.match(problems, /the replay lacks the text "All words"/);
});

test('a replay that opens a dialog is reported', async () => {
  assert.match(
    await problemsOf(whole, ({ html }) => ({ html: `${html}<script>alert('hello')</script>` })),
    /opens a dialog: alert "hello"/,
  );
});

test('a missing resource that nobody expects is reported with its address', async () => {
  assert.match(await problemsOf(lost), /1 resources are missing, true are 0 to 0: .*none\.png/);
});

test('a missing resource that was not counted is reported', async () => {
  assert.match(
    await problemsOf({ ...lost, expect: { missing: 1 } }, () => ({ missing: [] })),
    /0 resources are missing, true are 1/,
  );
});

test('a verdict that is not true is reported with its evidence', async () => {
  assert.match(
    await problemsOf(whole, () => ({ verdict: 'blank', evidence: ['noVisibleContent'] })),
    /verdict is blank \(noVisibleContent\)/,
  );
});

test('a capture without a page or without a screenshot is reported', async () => {
  assert.match(
    await problemsOf(whole, () => ({ html: undefined, screenshot: undefined })),
    /no page to replay\nthere is no screenshot/,
  );
});

test('a screenshot of another page is reported', async () => {
  const small = await problemsOf(whole, () => ({ screenshot: greenPng }));
  assert.match(small, /screenshot: slot 0 is outside of the picture/);
  const red = await problemsOf(whole, () => ({ screenshot: solid('red', 1280, 800) }));
  assert.match(red, /screenshot: slot 0 is rgb\(192 0 0\)/);
  const none = await problemsOf(whole, () => ({ screenshot: Buffer.from('no picture') }));
  assert.match(none, /there is no screenshot/);
});

test('a page that was asked for twice is reported', async () => {
  const capture: Engine['capture'] = async (url) => {
    await plain.capture(url);
    return plain.capture(url);
  };
  const engine: Engine = { ...plain, capture };
  assert.match(
    (await runCase(whole, { server, shower, engine })).join(),
    /the start page was asked for 2 times/,
  );
});

test('a path that was asked for too often is reported', async () => {
  const problems = await problemsOf({ ...linked, expect: { mostVisits: { 'g.png': 0 } } });
  assert.match(problems, /"g\.png" was asked for 1 times, at most 0 are fair/);
});

test('a file whose bytes differ is reported', async () => {
  const problems = await problemsOf({ ...whole, expect: { file: Buffer.from('sent') } }, () => ({
    file: Buffer.from('kept'),
  }));
  assert.match(problems, /the kept file has 4 bytes, the server sent 4/);
});
