#!/bin/sh
# Zero-shot effects of variants by two small models of human DNA (docs/using/variants.md): pretrains both on chromosome 20 of Debian's
# vt-examples and scores saturation mutagenesis. Needs apt and dpkg; nothing is installed. About half an hour of two cores.
#   eng/human-variants.sh DIR MPRA    MPRA: a folder of wildtype.fa and NAME.csv (offset,ref,alt,effect_log2) for each of its records
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mkdir -p "${1:?name a folder to work in}" && cd "$1" && pwd)
mpra=$(cd "${2:?name the folder of the measurements}" && pwd)
host=${HOST:-$here/host.sh}
cd "$dir"
[ -d vt ] || { apt-get download vt-examples; dpkg -x vt-examples_*.deb vt; }
[ -f chr20.fa ] || gzip -dc vt/usr/share/doc/vt/examples/ref/20.fa.gz > chr20.fa
cat > masked.yaml <<'Y'
name: human-mlm
seed: 7
tokenizer:    { use: kmer, k: 3 }
architecture: { use: bert-encoder, layers: 3, width: 128, attentionHeads: 4, feedForward: 256, maxPositions: 320, dropout: 0,
                attentionDropout: 0, initializerRange: 0.09, positionStart: sinusoidal, positionWavelength: 100 }
stages:
  - pretrain:
      data:      { use: fasta, path: chr20.fa, how: random, window: 200, minLength: 60, samplesPerEpoch: 60000, devShare: 0.01 }
      objective: { use: masked-lm, rate: 0.15 }
      train:     { steps: 2400, batchTokens: 3200, learningRate: 3.0e-3, warmup: 0.1, beta2: 0.98, evaluateEvery: 1000, evaluateSamples: 256 }
Y
cat > causal.yaml <<'Y'
name: human-gpt
seed: 7
tokenizer:    { use: token-language, k: 1, template: "{species} {sequence}" }
architecture: { use: numeric-gpt, layers: 3, width: 128, attentionHeads: 4, maxPositions: 320, initializerRange: 0.09 }
stages:
  - pretrain:
      data:      { use: fasta, path: chr20.fa, how: random, window: 300, minLength: 60, samplesPerEpoch: 60000, devShare: 0.01,
                   speciesOf: { "*": Homo_sapiens } }
      objective: causal-lm
      train:     { steps: 1800, batchTokens: 4096, learningRate: 3.0e-3, schedule: cosine, warmup: 0.05, beta2: 0.95, weightDecay: 0.01,
                   evaluateEvery: 1000 }
Y
for model in masked causal; do
  [ -d "$model" ] || "$host" run --pipeline "$model.yaml" --output "$model"
  for name in $(sed -n 's/^>\([^ ]*\).*/\1/p' "$mpra/wildtype.fa"); do
    set -- variants score "$model" "$mpra/$name.csv" --genome "$mpra/wildtype.fa" --sequence "$name" --truth effect_log2 --window 200 \
      --output "$model-$name.tsv" --report "$model-$name" --force
    [ "$model" = masked ] || set -- "$@" --field species=Homo_sapiens
    "$host" "$@"
  done
done
