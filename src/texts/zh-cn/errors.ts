import type { ErrorTexts } from '../errors.ts';
import { auth } from './errors/auth.ts';
import { base } from './errors/base.ts';
import { bundle } from './errors/bundle.ts';
import { capture } from './errors/capture.ts';
import { cluster } from './errors/cluster.ts';
import { dns } from './errors/dns.ts';
import { files } from './errors/files.ts';
import { http } from './errors/http.ts';
import { images } from './errors/images.ts';
import { jobs } from './errors/jobs.ts';
import { lb } from './errors/lb.ts';
import { links } from './errors/links.ts';
import { media } from './errors/media.ts';
import { plan } from './errors/plan.ts';
import { preflight } from './errors/preflight.ts';
import { registry } from './errors/registry.ts';
import { search } from './errors/search.ts';
import { store } from './errors/store.ts';
import { errorsOfCli } from './errors-cli.ts';

/** 各模块错误的简体中文文本；`{name}` 由错误的细节填入。 */
export const errors: ErrorTexts = {
  ...errorsOfCli,
  ...auth,
  ...base,
  ...bundle,
  ...capture,
  ...http,
  ...images,
  ...jobs,
  ...links,
  ...registry,
  ...search,
  ...store,
  ...lb,
  ...files,
  ...dns,
  ...cluster,
  ...plan,
  ...preflight,
  ...media,
};
