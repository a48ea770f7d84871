using PluginHost.Host.Models;
using PluginHost.Libs.Genomics.Leakage;
using static TorchSharp.torch;

namespace PluginHost.Host.Tests.Training;

/// <summary>The smallest components the trainer can work with: a letter a token, an embedding, a mean, a linear layer.</summary>
internal static class TinyParts
{
    public static readonly StreamKey Hidden = StreamKey.Hidden;

    public static TaskModel Model(bool dropout = false, int layers = 1, int idleLayers = 0)
    {
        var backbone = new LetterBackbone(dropout, layers, idleLayers);
        return new TaskModel(backbone, new Dictionary<string, Head> { ["class"] = new MeanHead() }, new Dictionary<string,
            ComponentSpec>
        { ["class"] = new("mean") });
    }

    internal sealed class Letters : ITokenizer
    {
        public Vocabulary Vocabulary { get; } = new(["[PAD]", "[UNK]", "A", "C", "G", "T"], ["[PAD]", "[UNK]"]);

        public EncodedSequence Encode(Sample sample, EncodeContext context)
        {
            var length = Math.Min(sample.Sequence.Length, context.MaxTokens);
            return new EncodedSequence(
                [.. sample.Sequence.Take(length).Select(c => Vocabulary.Find(c.ToString()) ?? 1)],
                    [.. Enumerable.Range(0, length).Select(i => new BaseSpan(i, i + 1))])
            { DroppedBases = sample.Sequence.Length - length };
        }

        public string Decode(ReadOnlySpan<int> ids) => string.Concat(ids.ToArray().Select(i => Vocabulary.Tokens[i]));

        public IReadOnlyList<string> Save(string folder) => [];
    }

    /// <remarks>Idle layers are there and are not run, as a decoder when an encoder-decoder classifies.</remarks>
    internal sealed class LetterBackbone : Backbone
    {
        private const int Width = 8;
        private readonly TorchSharp.Modules.Embedding letters = nn.Embedding(6, Width);
        private readonly TorchSharp.Modules.ModuleList<TorchSharp.Modules.Linear> layer;
        private readonly int run;
        private readonly bool dropout;

        public LetterBackbone(bool dropout, int layers = 1, int idleLayers = 0) : base("letters")
        {
            (this.dropout, run) = (dropout, layers);
            layer = nn.ModuleList([.. Enumerable.Range(0, layers + idleLayers).Select(_ => nn.Linear(Width, Width))]);
            RegisterComponents();
        }

        public override IReadOnlyList<BatchKey> Reads => [Keys.InputIds, Keys.AttentionMask];

        public override IReadOnlyList<StreamKey> Streams => [Hidden];

        public override BackboneShape Shape => new(Width, 40);

        public override IReadOnlyList<nn.Module> Layers => [.. layer];

        public override BackboneOutput Forward(Batch batch, Capture capture)
        {
            var x = letters.forward(batch[Keys.InputIds]); // B T D
            foreach (var one in layer.Take(run)) x = one.call(x).relu();
            if (dropout) x = nn.functional.dropout(x, 0.3, training);
            return new BackboneOutput().Set(Hidden, x);
        }
    }

    internal sealed class MeanHead : Head
    {
        private readonly TorchSharp.Modules.Linear output = nn.Linear(8, 2);

        public MeanHead() : base("mean") => RegisterComponents();

        public override IReadOnlyList<StreamKey> Reads => [Hidden];

        public override IReadOnlyList<BatchKey> ReadsColumns => [Keys.AttentionMask];

        public override string Predicts => "B C";

        public override string StatePrefix => "classifier";

        public override Tensor Forward(BackboneOutput output, Batch batch)
        {
            var mask = batch[Keys.AttentionMask].to(ScalarType.Float32).unsqueeze(-1); // B T 1
            return this.output.forward((output[Hidden] * mask).sum(1) / mask.sum(1));
        }
    }

    /// <summary>Whether a sequence has more A than T; the loss can be made to fail from a call on.</summary>
    internal class MoreAThanT : IObjective
    {
        public int? NanFromCall { get; init; }

        private int calls;

        public IReadOnlyList<HeadRole> Heads => [new("class", new ComponentSpec("mean"))];

        public IReadOnlyList<BatchKey> Writes => [Keys.Class];

        public ScoreCard Card { get; } = new() { Metrics = ["accuracy"], OutputNames = ["no", "yes"] };

        public static int Truth(Sample s) => s.Sequence.Count(c => c == 'A') > s.Sequence.Count(c => c == 'T') ? 1 : 0;

        public virtual Batch Collate(IReadOnlyList<Sample> samples, CollateContext context)
        {
            var batch = Collation.Pad(samples, [.. samples.Select(context.Encode)], 0);
            return batch.Set(Keys.Class, tensor(samples.Select(s => (long)Truth(s)).ToArray())).SetTargets("class", samples.Count);
        }

        public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch)
        {
            var sum = nn.functional.cross_entropy(predictions["class"].to(ScalarType.Float32), batch[Keys.Class],
                reduction: nn.Reduction.Sum);
            if (++calls >= NanFromCall) sum = sum * float.NaN;
            return [new LossTerm("class", sum, batch.Axis("B"))];
        }

        public Scored Score(Predictions predictions, Batch batch)
        {
            var logits = predictions["class"].to(ScalarType.Float32);
            var probabilities = logits.softmax(-1).cpu().data<float>().ToArray();
            var rows = (int)batch.Axis("B");
            var table = new float[rows, 2];
            for (var i = 0; i < rows * 2; i++) table[i / 2, i % 2] = probabilities[i];
            var labels = batch.Samples.Select(Truth).ToArray();
            var loss = nn.functional.cross_entropy(logits, batch[Keys.Class], reduction: nn.Reduction.Sum).item<float>();
            return new Scored
            {
                Ids = [.. batch.Samples.Select(s => s.Id)], Labels = labels, Probabilities = table,
                Predicted = [.. Enumerable.Range(0, rows).Select(i => table[i, 1] > table[i, 0] ? 1 : 0)],
                Losses = [new ScoredLoss("class", loss, rows, 1)],
            };
        }
    }
}
