import { stat } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { Download } from '../../../plan/index.ts';
import { findings } from '../findings.ts';
import type { Scene, Verdict } from '../types.ts';
import { failed, passed, shown, warning } from '../verdict.ts';

/**
 * Whether an image is there for nodes. Of Holdfast's own file service it is taken from its state, since a fetch of the bastion
 * itself would stand among those of strangers; others are asked by HEAD.
 */
export async function servedVerdict(scene: Scene, { path }: Download, signal: AbortSignal): Promise<Verdict> {
  const { plan, control, imagesFolder } = scene;
  if (plan.bastion.serves.files === 'holdfast' && control) {
    const missing = (await control.state()).missing.find((one) => one.path === path);
    if (missing)
      return failed(findings.fileMissing({ path, file: missing.file ?? join(imagesFolder, path) }));
    const size = await stat(join(imagesFolder, path)).then(
      (it) => it.size,
      () => undefined,
    );
    if (size === 0) return failed(findings.fileEmpty({ path }));
    return passed(
      size === undefined ? findings.fileServed({ path }) : findings.fileServedWith({ bytes: size }),
    );
  }
  const at = scene.place({ host: plan.bastion.address, port: plan.bastion.filesPort });
  const url = `http://${at.host}:${at.port}/${path}`;
  const answer = await head(url, signal);
  if (answer.kind === 'failed') return failed(findings.filesAway({ url, detail: shown(answer.detail) }));
  if (answer.status !== 200) return failed(findings.fileStatus({ url, status: answer.status }));
  if (answer.bytes === undefined) return warning(findings.fileNoLength({ url }));
  if (answer.bytes === 0) return failed(findings.fileEmpty({ path }));
  return passed(findings.fileServedWith({ bytes: answer.bytes }));
}

type Head =
  | { readonly kind: 'answered'; readonly status: number; readonly bytes: number | undefined }
  | { readonly kind: 'failed'; readonly detail: string };

function head(url: string, signal: AbortSignal): Promise<Head> {
  return new Promise((resolve) => {
    const asked = request(url, { method: 'HEAD', agent: false, signal, maxHeaderSize: 8192 }, (response) => {
      response.resume();
      const length = response.headers['content-length'];
      const bytes = length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
      resolve({ kind: 'answered', status: response.statusCode ?? 0, bytes });
    });
    asked.on('error', ({ code, message }: NodeJS.ErrnoException) =>
      resolve({ kind: 'failed', detail: code ?? message }),
    );
    asked.end();
  });
}
