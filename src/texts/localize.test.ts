import assert from 'node:assert/strict';
import { test } from 'node:test';
import { authErrors } from '../auth/index.ts';
import { captureErrors } from '../capture/index.ts';
import { cliErrors } from '../cli/index.ts';
import { configErrors } from '../config/index.ts';
import { dbErrors } from '../db/index.ts';
import { httpErrors } from '../http/index.ts';
import { imagesErrors } from '../images/index.ts';
import { jobsErrors } from '../jobs/index.ts';
import { digestErrors, type ErrorSpec } from '../kernel/index.ts';
import { evidenceCodes, linksErrors } from '../links/index.ts';
import { searchErrors } from '../search/index.ts';
import { storeErrors } from '../store/index.ts';
import { evidence as evidenceEn } from './en/evidence.ts';
import { localizeError, localizeEvidence, pickLanguage } from './index.ts';
import { errors } from './zh-cn/errors.ts';
import { evidence as evidenceZhCn } from './zh-cn/evidence.ts';

const tables: Record<string, ErrorSpec> = {
  ...authErrors.table,
  ...captureErrors.table,
  ...cliErrors.table,
  ...configErrors.table,
  ...dbErrors.table,
  ...digestErrors.table,
  ...httpErrors.table,
  ...imagesErrors.table,
  ...jobsErrors.table,
  ...linksErrors.table,
  ...searchErrors.table,
  ...storeErrors.table,
};

const places = (text: string | undefined) =>
  [...(text ?? '').matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

test('every Chinese error text fills the same places as the English one', () => {
  for (const [code, spec] of Object.entries(tables)) {
    const texts = errors[code as keyof typeof errors];
    assert.deepEqual(places(texts.message), places(spec.message), code);
    assert.deepEqual(places(texts.hint), places(spec.hint), code);
    assert.match(texts.message, /\p{Script=Han}/u, code);
    assert.doesNotMatch(texts.message, /[。.!]$/, code);
  }
});

test('every Chinese evidence sentence fills the same places as the English one', () => {
  for (const code of evidenceCodes)
    assert.deepEqual(places(evidenceZhCn[code]), places(evidenceEn[code]), code);
});

test('localizeError() fills the details and keeps English for a code that it does not know', () => {
  const error = authErrors.noUser({ name: '王' });
  assert.deepEqual(localizeError(error, 'zh-CN'), {
    message: '找不到用户“王”',
    hint: '请列出用户以查看名称',
  });
  assert.equal(localizeError(error, 'en').message, 'User "王" was not found');
  const old = { code: 'toString', message: 'Gone', details: {} };
  assert.deepEqual(localizeError(old, 'zh-CN'), { message: 'Gone', hint: undefined });
});

test('localizeError() takes the fault that a job kept', () => {
  const fault = { code: 'capture.fetchFailed', message: 'x', details: { url: 'u', detail: ['a'] } };
  assert.equal(localizeError(fault, 'zh-CN').message, '获取“u”失败：["a"]');
});

test('localizeEvidence() gives the sentence of the language', () => {
  const seen = { code: 'httpStatus', details: { status: 404 } } as const;
  assert.equal(localizeEvidence(seen, 'en'), 'The server answered with status 404');
  assert.equal(localizeEvidence(seen, 'zh-CN'), '服务器返回状态码 404');
  assert.equal(localizeEvidence({ ...seen, code: 'constructor' as never }, 'en'), 'constructor');
});

test('fixed words in the details are translated, other values stay', () => {
  const refused = captureErrors.refusedAddress({ address: '10.0.0.1', target: 'intra', reason: 'private' });
  assert.equal(localizeError(refused, 'zh-CN').message, '拒绝访问“intra”的地址“10.0.0.1”：内网地址');
  const capped = { code: 'timeCap', details: { limitMs: 1, stage: 'settling' } } as const;
  assert.equal(localizeEvidence(capped, 'zh-CN'), '在“等待网页稳定”阶段达到 1 毫秒的时间上限');
  const unknown = captureErrors.refusedAddress({ address: 'a', target: 't', reason: 'toString' });
  assert.match(localizeError(unknown, 'zh-CN').message, /toString$/);
});

test('pickLanguage() reads Accept-Language by weight and POSIX locales', () => {
  const wanted: [string | null | undefined, string][] = [
    [undefined, 'en'],
    [null, 'en'],
    ['', 'en'],
    ['C', 'en'],
    ['zh_CN.UTF-8', 'zh-CN'],
    ['zh', 'zh-CN'],
    ['zh-Hant-TW', 'zh-CN'],
    ['en_US.UTF-8', 'en'],
    ['de-DE, zh;q=0.3', 'zh-CN'],
    ['en;q=0.5, zh-CN;q=0.9', 'zh-CN'],
    ['zh-CN;q=0.4, en;q=0.6', 'en'],
    ['zh;q=0, en', 'en'],
    ['zh;q=wild', 'en'],
    ['zhuang', 'en'],
    ['*', 'en'],
  ];
  for (const [header, language] of wanted) assert.equal(pickLanguage(header), language, String(header));
});
