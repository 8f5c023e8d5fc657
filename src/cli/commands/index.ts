import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addCommand } from './add.ts';
import { clusterCommand } from './cluster/index.ts';
import { copyCommand } from './copy.ts';
import { exportCommand } from './export.ts';
import { gcCommand } from './gc.ts';
import { getCommand } from './get.ts';
import { importCommand } from './import.ts';
import { jobsCommand } from './jobs.ts';
import { listCommand } from './list.ts';
import { pinCommand } from './pin.ts';
import { receiptCommand } from './receipt.ts';
import { registryCommand } from './registry.ts';
import { releaseCommand } from './release.ts';
import { removeCommand } from './remove.ts';
import { restoreCommand } from './restore.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';
import { snapshotCommand } from './snapshot.ts';
import { tagCommand } from './tag.ts';
import { tokenCommand } from './token.ts';
import { userCommand } from './user.ts';
import { verifyCommand } from './verify.ts';
import { versionCommand } from './version.ts';

/** Every verb, in the order of the help. */
export const verbs: readonly ((context: Context) => Command)[] = [
  addCommand,
  listCommand,
  showCommand,
  getCommand,
  tagCommand,
  removeCommand,
  restoreCommand,
  snapshotCommand,
  pinCommand,
  jobsCommand,
  verifyCommand,
  gcCommand,
  copyCommand,
  releaseCommand,
  exportCommand,
  importCommand,
  receiptCommand,
  serveCommand,
  registryCommand,
  clusterCommand,
  userCommand,
  tokenCommand,
  versionCommand,
];
