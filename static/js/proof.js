// Does a little work while somebody writes, so that their question need not wait for a look. Without it nothing is lost.
// The page and the worker it starts are this same file; questions/proof_of_work.py says what is looked for.
const inPage = () => {
  const { src, dataset } = document.currentScript;
  const proof = document.querySelector("input[name=proof]");
  const token = document.querySelector("input[name=form_token]");
  if (!proof || !token || !window.Worker) return;

  const work = () => {
    const worker = new Worker(src);
    worker.onmessage = (event) => { proof.value = event.data; };
    // A number found on the page before is tried first.
    worker.postMessage({ nonce: token.value.split(":")[0], bits: Number(dataset.bits), from: Number(proof.value) || 0 });
    addEventListener("pagehide", () => worker.terminate());
  };

  // Whoever only looks at the form does no work; whoever has written already goes on with it.
  const box = document.querySelector("textarea[name=text]");
  if (box && !box.value) box.addEventListener("input", work, { once: true });
  else work();
};

const inWorker = () => {
  // The constants of SHA-256: fractions of the square and cube roots of the first primes.
  const primes = [];
  for (let n = 2; primes.length < 64; n += 1) if (primes.every((p) => n % p)) primes.push(n);
  const fraction = (x) => Math.floor((x - Math.floor(x)) * 2 ** 32) | 0;
  const H = primes.slice(0, 8).map((p) => fraction(Math.sqrt(p)));
  const K = primes.map((p) => fraction(Math.cbrt(p)));
  const turn = (x, n) => (x >>> n) | (x << (32 - n));

  // The first 32 bits of the SHA-256 of a text of at most 55 letters: one block.
  const w = new Int32Array(64);
  const startOf = (text) => {
    w.fill(0, 0, 16);
    for (let i = 0; i < text.length; i += 1) w[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
    w[text.length >> 2] |= 0x80 << (24 - 8 * (text.length & 3));
    w[15] = text.length * 8;
    for (let i = 16; i < 64; i += 1) {
      const x = w[i - 15];
      const y = w[i - 2];
      w[i] = w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = H;
    for (let i = 0; i < 64; i += 1) {
      const s = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const t = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g; g = f; f = e; e = (d + s) | 0; d = c; c = b; b = a; a = (s + t) | 0;
    }
    return (H[0] + a) >>> 0;
  };

  onmessage = (event) => {
    const { nonce, bits, from } = event.data;
    const below = 2 ** (32 - bits);
    let number = from;
    while (startOf(`${nonce}:${number}`) >= below) number += 1;
    postMessage(String(number));
  };
};

if (self.document) inPage();
else inWorker();
