using PluginHost.Host.Models;
using PluginHost.Host.Pipelines;
using PluginHost.Host.Scoring;
using PluginHost.Host.Stages;
using PluginHost.Host.Tests.Training;

namespace PluginHost.Host.Tests.Stages;

/// <summary>Training samples among those that are chosen on or scored.</summary>
[Collection("libtorch")]
public sealed class HeldOutTests
{
    private static readonly string[] train = ["AACCGGTA", "ACACACAC", "GGGGTTTA"];

    private sealed class Source(params (string Sequence, string Label)[] rows) : ISampleSource
    {
        public long Count => rows.Length;

        public Sample Get(long index, SeededRandom random) => new($"{index}", rows[index].Sequence)
        {
            Fields = new Dictionary<string, object> { ["label"] = rows[index].Label },
        };
    }

    private static Source Of(params string[] sequences) => new([.. sequences.Select(s => (s, "1"))]);

    private static StageParts Stage(StageKind kind, string name, ISampleSource main, ISampleSource? dev, StageParts? source = null,
        bool meant = false) => new()
        {
            Definition = new() { Kind = kind, Name = name, Origin = name, NothingHeldOut = meant },
            Main = main, Dev = dev, Data = null!, Objective = new TinyParts.MoreAThanT(), ObjectiveSpec = new("a"),
            HeadSpecs = new Dictionary<string, ComponentSpec>(), Model = null!, Optimizer = null!, Schedule = null!,
            Metrics = new MetricFactory([], new FakeComponents(), null!), Source = source!,
        };

    private static IReadOnlyDictionary<string, Overlap> Look(ISampleSource dev, ISampleSource test, bool meant = false,
        StageKind kind = StageKind.Finetune)
    {
        var trained = Stage(kind, "tune", Of(train), dev, meant: meant);
        return HeldOut.Look([trained, Stage(StageKind.Evaluate, "judge", test, null, trained, meant)], CancellationToken.None);
    }

    [Fact]
    public void Samples_that_are_all_training_samples_are_marked_wherever_they_come_from()
    {
        var found = Look(Of(train[1]), Of(train));
        Assert.True(found["tune"].IsTotal);
        Assert.Contains("NOT HELD OUT: all 1 sample of the dev split", found["tune"].Sentence("tune"));
        Assert.True(found["judge"].IsTotal);
        Assert.False(new Soundness(found, new Dictionary<string, string>()).IsSound);
    }

    [Fact]
    public void Some_are_counted_on_either_strand()
    {
        var overlap = Assert.Single(Look(Of("TTTTTTTT"), Of("CCCCCCCC", "TACCGGTT", train[1]))).Value;
        Assert.Equal((3L, 1L, 2L), (overlap.Scored, overlap.Rows, overlap.Sequences));
        Assert.StartsWith("judge: 2 sequences of the test split (66.67 %) are also in training", overlap.Sentence("judge"));
        Assert.True(new Soundness(new Dictionary<string, Overlap> { ["judge"] = overlap }, new Dictionary<string, string>()).IsSound);
    }

    [Fact]
    public void A_row_with_other_fields_is_another() =>
        Assert.False(Look(Of("TTTTTTTT"), new Source((train[0], "2")))["judge"].IsTotal);

    [Fact]
    public void Nothing_is_said_where_it_is_meant_or_nothing_is_shared_or_the_training_is_of_another_kind()
    {
        Assert.Empty(Look(Of(train), Of(train), meant: true));
        Assert.Empty(Look(Of("TTTTTTTT"), Of("CCCCCCCC")));
        Assert.Empty(Look(Of(train), Of(train), kind: StageKind.Pretrain));
    }
}
