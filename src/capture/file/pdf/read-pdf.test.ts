import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makePdf } from '../testing/make-pdf.ts';
import { defaultPdfLimits, readPdf } from './read-pdf.ts';

const { signal } = new AbortController();

describe('readPdf()', () => {
  it('gives the text and what the PDF says of itself, and leaves the bytes alone', async () => {
    const bytes = makePdf('Words of the document');
    const before = Buffer.from(bytes);
    const read = await readPdf(bytes, signal);
    assert.deepEqual(read, {
      text: 'Words of the document',
      title: 'A title',
      author: 'Somebody',
      language: '',
      publishedAt: '2026-03-04',
    });
    assert.deepEqual(bytes, before);
  });

  it('gives nothing of what is broken, cut or no PDF, and does not throw', async () => {
    const whole = makePdf('Words');
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.from('%PDF-1.7\n'),
      Buffer.alloc(100_000, '1 0 obj << /Type /Catalog /Pages 1 0 R >> endobj '),
      Buffer.from('<html>'),
    ])
      assert.equal((await readPdf(bytes, signal)).text, '');
    // The table at the end is gone, and the objects are found without it.
    assert.equal((await readPdf(whole.subarray(0, whole.length - 20), signal)).text, 'Words');
  });

  it('ends by its limits of time and of characters, and with the signal', async () => {
    const bytes = makePdf('Words of the document');
    const read = (limits: object) => readPdf(bytes, signal, { ...defaultPdfLimits, ...limits });
    assert.equal((await read({ timeoutMs: 1 })).text, '');
    assert.equal((await read({ maxCharacters: 5 })).text, 'Words');
    const reason = new Error('enough');
    await assert.rejects(readPdf(bytes, AbortSignal.abort(reason)), reason);
  });
});
