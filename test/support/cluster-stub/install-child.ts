// Run by tests as a process of its own: drives an installation of the play, and prints each event as a line of JSON.
// Past the door: loading all of the room would take most of the time, and the child is started again and again.
import { runInstall } from '../../../src/cluster/steps/install/run-install.ts';
import { openWorkFolder } from '../../../src/cluster/steps/work-folder.ts';
import { systemClock } from '../../../src/kernel/index.ts';
import { worldPlan, worldPorts } from './world-ports.ts';

const [path = '', url = '', installer = ''] = process.argv.slice(2);
const work = await openWorkFolder(path);
const view = await runInstall({
  plan: worldPlan,
  work,
  ports: worldPorts(url, work, installer),
  clock: systemClock,
  pollMs: 5,
  onEvent: (event) => console.log(JSON.stringify(event)),
});
console.log(JSON.stringify({ kind: 'view', view }));
