using PluginHost;
using PluginHost.Fixtures;
using TorchSharp;
using TorchSharp.Modules;

[assembly: Plugin(typeof(BreaksRules))]

namespace PluginHost.Fixtures;

/// <summary>Loads and registers as it should; what it offers does not do what the contract asks.</summary>
public sealed class BreaksRules : IPlugin
{
    public void Register(ICatalog catalog)
    {
        catalog.Add<ITokenizer, NoOptions>("bad-ids", (_, _) => new BadIds(), "Returns an id that its vocabulary lacks.");
        catalog.Add<Backbone, NoOptions>("turned", (_, context) => new Turned(context.Tokenizer.Vocabulary.Count), "Returns [T, B, D].");
        catalog.Add<ISchedule, NoOptions>("uncertain", (_, _) => new Uncertain(), "Another rate each time.");
        catalog.Add<IMetric, NoOptions>("bottomless", (_, _) => new Bottomless(), "Overflows the stack when something is added.");
    }

    private sealed class BadIds : ITokenizer
    {
        public Vocabulary Vocabulary { get; } = new(["[PAD]", "x"], ["[PAD]"]);

        public EncodedSequence Encode(Sample sample, EncodeContext context) => new([99999], [new BaseSpan(0, 1)]);

        public string Decode(ReadOnlySpan<int> ids) => "";

        public IReadOnlyList<string> Save(string folder) => [];
    }

    private sealed class Turned : Backbone
    {
        private readonly Embedding embedding;

        public Turned(int vocabulary) : base("turned")
        {
            embedding = torch.nn.Embedding(vocabulary, 8);
            RegisterComponents();
        }

        public override IReadOnlyList<BatchKey> Reads => [Keys.InputIds];

        public override IReadOnlyList<StreamKey> Streams => [StreamKey.Hidden];

        public override BackboneShape Shape => new(8);

        public override IReadOnlyList<torch.nn.Module> Layers => [];

        public override BackboneOutput Forward(Batch batch, Capture capture)
        {
            var hidden_TBD = embedding.call(batch[Keys.InputIds]).transpose(0, 1);
            return new BackboneOutput { HiddenStates = [hidden_TBD] }.Set(StreamKey.Hidden, hidden_TBD);
        }
    }

    private sealed class Uncertain : ISchedule
    {
        private int calls;

        public double At(ScheduleContext context) => context.Peak / ++calls;
    }

    private sealed class Bottomless : IMetric
    {
        public bool HigherIsBetter => true;

        public double Value => 0;

        public void Add(Scored scored) => _ = Deeper(1);

        private static int Deeper(int depth) => Deeper(depth + 1) + Deeper(depth + 2);
    }
}
