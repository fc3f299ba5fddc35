import { createInterface } from 'node:readline';
import { launchCluster } from '../db/embedded.ts';

// A process that launches the cluster of the folder it is told, for tests that kill it or race two of them. It prints
// what it got as one line of JSON, and for each line it reads it stops the cluster and prints whether that was done.

const [dataFolder = ''] = process.argv.slice(2);
const cluster = await launchCluster({ dataFolder });
const { pid, adopted, created, root } = cluster;
say({ pid, adopted, created, root, url: cluster.url('postgres') });
createInterface({ input: process.stdin }).on('line', () => {
  void cluster.stop().then((stopped) => say({ stopped }));
});

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
