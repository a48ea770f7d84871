#!/bin/sh
# ENBED's mutation generation on influenza (Malusare et al. 2024, table 5): 500 bases of HA1, parents and children of a table with the columns
# parent_acc, child_acc, parent_seq and child_seq. Trains the encoder-decoder 2:1 and 1:1, a decoder alone and one on byte pairs, and a classifier
# of sequencing noise, then compares what each expects with the children of held-out clades: ends in DIR/MODEL-mutations. Some 20 to
# 30 minutes a model on one core, the decoder alone over an hour. A folder that is there already is left as it is. STEPS (150), COPYING (100)
# and MODELS may be set.
#   eng/influenza-mutations.sh PAIRS.csv.gz DIR
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
pairs=$(realpath "${1:?name the table of pairs}")
dir=$(mkdir -p "${2:?name a folder to work in}" && cd "$2" && pwd)
host=${HOST:-$here/host.sh}
cd "$dir"
[ -d pairs ] || $host data pairs "$pairs" --parent-column parent_seq --child-column child_seq --parent-id parent_acc --child-id child_acc \
  --window 300-799 --clade-depth 3 --identity 1 --output pairs

train() {
  name=$1; shift
  [ -f "$name/summary.json" ] || $host run --pipeline "$here/pipelines/enbed/mutations.yaml" --output "$name" \
    --set stages.finetune.data.folder="$dir/pairs" --set stages.finetune.train.steps="${STEPS:-150}" \
    --set stages.finetune.train.batchSize=8 --set stages.pretrain.train.steps="${COPYING:-100}" \
    --set stages.pretrain.data.window=500 --set stages.pretrain.data.minLength=200 --set stages.pretrain.train.batchSize=6 \
    --set architecture.maxTokens=1024 --set architecture.maxTargetTokens=512 \
    --set stages.mutations.input="[$dir/pairs/test.csv]" --set stages.mutations.train="$dir/pairs/train.csv" "$@"
}

# Substitutions alone: a window has nothing beside it that deletions could draw in.
if [ ! -f noise/summary.json ]; then
  awk -F, 'NR > 1 { for (i = 1; i <= 2; i++) if (!seen[$i]++) print ">s" ++n "\n" $i }' pairs/train.csv > train.fa
  $host data noise train.fa --output noise.csv --force --count 3000 --length 500 --substitutions 0.006 --insertions 0 --deletions 0
  $host data split noise.csv --output noise-split --force
  cat > noise.yaml <<'YAML'
name: noise
seed: 7
tokenizer:    { use: kmer, k: 6 }
architecture: { use: bert-encoder, layers: 1, width: 64, attentionHeads: 4, feedForward: 128, maxPositions: 512, dropout: 0.1 }
stages:
  - finetune:
      data:      { use: table, folder: noise-split }
      objective: { use: classify, pooling: mean }
      train:     { epochs: 8, batchSize: 16, learningRate: 2.0e-3 }
  - evaluate: { metrics: [ accuracy, auroc ] }
YAML
  $host run --pipeline noise.yaml --output noise
fi

for model in ${MODELS:-two-to-one one-to-one decoder-only bpe}; do
  case $model in
    two-to-one) train $model ;;
    one-to-one) train $model --set architecture.encoderLayers=3 --set architecture.decoderLayers=3 ;;
    decoder-only) train $model --set architecture.encoderLayers=0 --set architecture.decoderLayers=6 --set architecture.crossPlaces=none ;;
    bpe) train $model --set "tokenizer={ use: bpe, vocab: $here/samples/tokenizers/fly_bpe_1024.json }" ;;
  esac
  [ -d "$model-mutations" ] || $host mutations "$model" pairs/test.csv --data sequence=parent --data pair=child --data label=none \
    --noise-model noise --train pairs/train.csv --frame 3 --output "$model-mutations"
done
