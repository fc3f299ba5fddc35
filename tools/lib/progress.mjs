/**
 * Shows what takes longer than two seconds, and how long it has taken, on the error stream.
 * @template T
 * @param {string} what
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withProgress(what, work) {
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  let shown = false;
  const ticker = setInterval(() => {
    if (shown) return void (seconds() % 10 === 0 && process.stderr.write(`  … ${seconds()} s\n`));
    shown = seconds() >= 2;
    if (shown) process.stderr.write(`${what} …\n`);
  }, 1000);
  try {
    return await work;
  } finally {
    clearInterval(ticker);
    if (shown) process.stderr.write(`${what}: ${seconds()} s\n`);
  }
}
