// Run by tests as a process of its own: lives until it is killed or its parent is gone.
console.log('ready');
process.stdin.resume();
