import assert from 'node:assert/strict';
import { test } from 'node:test';
import { relativeTime } from './relative-time.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const ago = (ms: number, language = 'en') =>
  relativeTime(now - ms, now, language, language === 'en' ? 'just now' : '刚刚');
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

test('relativeTime() says “just now” for the last seconds and for a clock that runs ahead', () => {
  assert.deepEqual([ago(0), ago(44_000), ago(-10 * minute)], ['just now', 'just now', 'just now']);
});

test('relativeTime() changes its unit without ever saying 60 minutes or 24 hours', () => {
  assert.deepEqual(
    [ago(50_000), ago(59.4 * minute), ago(59.6 * minute), ago(23.4 * hour), ago(23.6 * hour), ago(3 * day)],
    ['1 minute ago', '59 minutes ago', '1 hour ago', '23 hours ago', 'yesterday', '3 days ago'],
  );
});

test('relativeTime() gives the date after two weeks, with the year where it is another one', () => {
  assert.deepEqual([ago(20 * day), ago(400 * day)], ['Nov 3', 'Oct 19, 2025']);
});

test('relativeTime() speaks Chinese', () => {
  assert.deepEqual(
    [ago(1000, 'zh-CN'), ago(5 * minute, 'zh-CN'), ago(day, 'zh-CN'), ago(400 * day, 'zh-CN')],
    ['刚刚', '5分钟前', '昨天', '2025年10月19日'],
  );
});
