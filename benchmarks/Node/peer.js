// The other side of the tokenizer rows: Hugging Face's tokenizers. One JSON request a line on standard input, one answer a line.
const fs = require("fs"), os = require("os"), path = require("path"), readline = require("readline");
const hf = require("tokenizers");
let tokenizer;

// Nanoseconds of processor time, all threads together.
async function timed(run) {
  const before = process.cpuUsage();
  const result = await run();
  const { user, system } = process.cpuUsage(before);
  return [result, 1000 * (user + system)];
}

// FNV-1a over the ids' low and high bytes.
function hash(all) {
  let h = 0x811c9dc5;
  for (const ids of all) for (const id of ids) for (const byte of [id & 255, id >> 8]) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  return h;
}

const work = {
  load: async ({ file }) => { tokenizer = hf.Tokenizer.fromFile(file); return {}; },
  // Only encoding is timed, not the copy of ids into JavaScript.
  encode: async ({ file, check }) => {
    const sequences = fs.readFileSync(file, "ascii").trim().split("\n");
    const [encodings, ns] = await timed(async () => sequences.length > 1 ? await tokenizer.encodeBatch(sequences) : [await tokenizer.encode(sequences[0])]);
    return { ns, hash: check ? hash(encodings.map(e => e.getIds())) : 0 };
  },
  train: async ({ file }) => {
    const trained = new hf.Tokenizer(hf.BPE.empty()), saved = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "peer-")), "saved.json");
    trained.setPreTokenizer(hf.whitespacePreTokenizer());
    const [, ns] = await timed(async () => trained.train([file]));
    trained.save(saved);
    return { ns, merges: JSON.parse(fs.readFileSync(saved)).model.merges.map(m => Array.isArray(m) ? m.join(" ") : m) };
  },
};

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const request = JSON.parse(line);
    console.log(JSON.stringify(await work[request.what](request)));
  }
})();
