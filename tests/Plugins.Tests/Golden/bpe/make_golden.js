// Records what Hugging Face's tokenizers give on real DNA: ids of 1,000 sequences, and the merges of a training run.
//   npm i --ignore-scripts tokenizers@0.23.2     (anywhere; it is needed for nothing else)
//   NODE_PATH=THERE/node_modules node make_golden.js [published tokenizer.json] > huggingface.json
const fs = require("fs"), os = require("os"), path = require("path"), zlib = require("zlib");
const hf = require("tokenizers");
const root = path.resolve(__dirname, "../../../..");
const samples = path.join(root, "samples");

// The same 1,000 sequences as GoldenSequences.cs makes: 500 splice windows, and 500 stretches of 50 to 2,049 bases of the genome.
function sequences() {
  const rows = fs.readFileSync(path.join(samples, "fly_splice/train.csv"), "ascii").split("\n").slice(1, 501).map(row => row.split(",")[0]);
  const genome = zlib.gunzipSync(fs.readFileSync(path.join(samples, "genome/chr2R.fa.gz"))).toString("ascii")
    .split("\n").filter(line => line[0] !== ">").join("").toUpperCase();
  const stretches = [];
  for (let i = 0; i < 500; i++) {
    const start = (i * 17389) % (genome.length - 3000), length = 50 + (i * 37) % 2000;
    let bases = genome.slice(start, start + length);
    if (i % 10 === 9) bases = bases.slice(0, 20) + "NN" + bases.slice(22, 40) + "N" + bases.slice(41);
    stretches.push(bases);
  }
  return rows.concat(stretches);
}

// FNV-1a over the ids' low and high bytes.
function hash(ids) {
  let h = 0x811c9dc5;
  for (const id of ids) for (const byte of [id & 255, id >> 8]) h = Math.imul(h ^ byte, 0x01000193) >>> 0;
  return h.toString(16).padStart(8, "0");
}

async function encode(file, all) {
  const tokenizer = hf.Tokenizer.fromFile(file);
  const ids = (await tokenizer.encodeBatch(all)).map(e => e.getIds());
  return { tokens: ids.reduce((sum, one) => sum + one.length, 0), first: ids.slice(498, 502), hashes: ids.map(hash).join(" ") };
}

function train(lines) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "bpe-")), file = path.join(folder, "text.txt"), saved = path.join(folder, "saved.json");
  fs.writeFileSync(file, lines.join("\n") + "\n");
  const tokenizer = new hf.Tokenizer(hf.BPE.empty());
  tokenizer.setPreTokenizer(hf.whitespacePreTokenizer());
  tokenizer.train([file]);
  tokenizer.save(saved);
  return JSON.parse(fs.readFileSync(saved)).model.merges.slice(0, 1500).map(m => Array.isArray(m) ? m.join(" ") : m);
}

(async () => {
  const all = sequences();
  const clean = all.slice(500).filter(s => !s.includes("N"));
  const golden = { tool: "npm tokenizers " + require("tokenizers/package.json").version, fly: await encode(path.join(samples, "tokenizers/fly_bpe_1024.json"), all) };
  if (process.argv[2]) golden.published = await encode(process.argv[2], all);
  golden.merges = train(clean).join("|");
  console.log(JSON.stringify(golden, null, 1));
})();
