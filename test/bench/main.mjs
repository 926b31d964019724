/** `npm run bench [-- name …]`: runs the benchmarks of these names, or all. */
const benchmarks = {
  orders: () => import('./orders.mjs'),
  events: () => import('./events.mjs'),
  books: () => import('./books.mjs'),
  scale: () => import('./scale.mjs'),
  fanout: () => import('./fanout.mjs'),
  socket: () => import('./socket.mjs'),
};

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}, only ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}
console.log(`node ${process.version}, ${process.platform} ${process.arch}`);
for (const name of names.length === 0 ? Object.keys(benchmarks) : names) {
  const { bench } = await benchmarks[name]();
  console.log(`\n# ${name}`);
  await bench();
}
// A connector looks after the orders that it placed, and these stay open for good.
process.exit(0);
