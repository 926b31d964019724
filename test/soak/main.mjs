/** `npm run soak -- [kill | orders | perpetual] [--key value …]`: a long run whose end is compared with the exchange's books. */
const soaks = {
  faults: () => import('./faults.mjs'),
  kill: () => import('./kill.mjs'),
  orders: () => import('./orders.mjs'),
  perpetual: () => import('./perpetual.mjs'),
};

const words = process.argv.slice(2);
const [name, ...rest] = words[0]?.startsWith('--') === false ? words : ['faults', ...words];
if (!(name in soaks)) {
  console.error(`There is no soak ${name}, only ${Object.keys(soaks).join(', ')}.`);
  process.exit(2);
}
const options = Object.fromEntries(
  rest.flatMap((word, i) => (word.startsWith('--') ? [[word.slice(2), Number(rest[i + 1])]] : [])),
);
const { soak } = await soaks[name]();
const { result, passed } = await soak(options);
console.log(JSON.stringify(result, undefined, 2));
process.exit(passed ? 0 : 1);
