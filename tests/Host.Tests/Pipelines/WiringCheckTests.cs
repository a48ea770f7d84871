using PluginHost.Host.Models;

namespace PluginHost.Host.Tests.Pipelines;

using static TorchSharp.torch;

public sealed class WiringCheckTests
{
    private static readonly BatchKey matches = new("matches", ScalarType.Bool, "B T G");

    [Fact]
    public void What_fits_passes() => WiringCheck.Check(Wire());

    [Fact]
    public void A_column_nothing_writes_is_named_with_its_reader_and_what_is_written() => Assert.Equal(
        "p.yaml:6: architecture 'net' reads column 'matches' (Bool [B T G]), which nothing writes; written are: 'input_ids' by tokenizer "
            + "'words', 'attention_mask' by tokenizer 'words', 'labels' by objective 'guess'.",
        Complaint(Wire(reads: [Keys.InputIds, matches])));

    [Fact]
    public void A_column_written_with_other_axes_or_another_type_shows_both() => Assert.Equal(
        "p.yaml:6: architecture 'net' reads column 'matches' as Bool [B T G], but tokenizer 'words' writes it as Int64 [B T].",
        Complaint(Wire(tokens: [Keys.InputIds, new("matches", ScalarType.Int64, "B T")], reads: [matches])));

    [Fact]
    public void A_column_written_in_two_ways_names_both_writers() => Assert.StartsWith(
        "p.yaml:6: column 'labels' is written in two ways: Float32 [B T] by tokenizer 'words' and Int64 [B T] by objective 'guess'.",
        Complaint(Wire(tokens: [Keys.InputIds, new("labels", ScalarType.Float32, "B T")])));

    [Fact]
    public void A_stream_that_is_not_offered_is_named_with_those_that_are() => Assert.Equal(
        "p.yaml:6: head 'line' (role lm) reads stream 'decoder' [B U D], which architecture 'net' does not offer; it offers: "
            + "'hidden' [B T D].",
        Complaint(Wire(headReads: [StreamKey.Decoder])));

    [Fact]
    public void A_stream_with_other_axes_shows_both() => Assert.Equal(
        "p.yaml:6: head 'line' (role lm) reads stream 'hidden' with axes [B D], but architecture 'net' offers it with [B T D].",
        Complaint(Wire(headReads: [new("hidden", "B D")])));

    [Fact]
    public void A_column_a_head_reads_must_be_written_too() => Assert.Contains(
        "head 'line' (role lm) reads column 'features' (Float32 [B F]), which nothing writes",
        Complaint(Wire(headColumns: [Keys.Features])));

    [Fact]
    public void A_role_without_a_head_is_named() => Assert.Equal(
        "p.yaml:6: objective 'guess' needs a head for its role 'lm', and there is none.",
        Complaint(Wire() with { Heads = new Dictionary<string, Part<Head>>() }));

    [Fact]
    public void All_that_does_not_fit_is_said_at_once() =>
        Assert.Equal(2, Complaint(Wire(reads: [matches], headReads: [StreamKey.Pooled])).Split('\n').Length);

    [Fact]
    public void A_head_for_a_role_that_no_objective_has_is_refused()
    {
        using var file = new PipelineFile(PipelineFile.Small);
        var p = file.Read("heads.ml=head");
        var message = Assert.Throws<UsageException>(() => WiringCheck.CheckRoles(p, [new FakeObjective([Keys.Labels])])).Message;
        Assert.EndsWith("no objective of the pipeline has a role 'ml'; the roles are: lm (did you mean 'lm'?).", message);
    }

    private static string Complaint(Wiring wiring) => Assert.Throws<UsageException>(() => WiringCheck.Check(wiring)).Message;

    private static Wiring Wire(BatchKey[]? tokens = null, BatchKey[]? reads = null, StreamKey[]? headReads = null,
        BatchKey[]? headColumns = null) => new(
        "p.yaml:6",
        new("words", new FakeTokenizer(tokens ?? [Keys.InputIds, Keys.AttentionMask])),
        new("net", new FakeBackbone(reads ?? [Keys.InputIds])),
        new("guess", new FakeObjective([Keys.Labels])),
        new Dictionary<string, Part<Head>> { ["lm"] = new("line", new FakeHead(headReads ?? [StreamKey.Hidden], headColumns ?? [])) });

    private sealed class FakeTokenizer(BatchKey[] writes) : ITokenizer
    {
        public Vocabulary Vocabulary { get; } = new(["[PAD]"], ["[PAD]"]);
        public IReadOnlyList<BatchKey> Writes => writes;
        public EncodedSequence Encode(Sample sample, EncodeContext context) => throw new NotSupportedException();
        public string Decode(ReadOnlySpan<int> ids) => throw new NotSupportedException();
        public IReadOnlyList<string> Save(string folder) => [];
    }

    private sealed class FakeBackbone(BatchKey[] reads) : Backbone("net")
    {
        public override IReadOnlyList<BatchKey> Reads => reads;
        public override IReadOnlyList<StreamKey> Streams => [StreamKey.Hidden];
        public override BackboneShape Shape => new(1);
        public override IReadOnlyList<nn.Module> Layers => [];
        public override BackboneOutput Forward(Batch batch, Capture capture) => throw new NotSupportedException();
    }

    private sealed class FakeHead(StreamKey[] reads, BatchKey[] columns) : Head("line")
    {
        public override IReadOnlyList<StreamKey> Reads => reads;
        public override IReadOnlyList<BatchKey> ReadsColumns => columns;
        public override string Predicts => "B T V";
        public override string StatePrefix => "line";
        public override Tensor Forward(BackboneOutput output, Batch batch) => throw new NotSupportedException();
    }

    private sealed class FakeObjective(BatchKey[] writes) : IObjective
    {
        public IReadOnlyList<HeadRole> Heads => [new("lm", new("line"))];
        public IReadOnlyList<BatchKey> Writes => writes;
        public ScoreCard Card { get; } = new();
        public Batch Collate(IReadOnlyList<Sample> samples, CollateContext context) => throw new NotSupportedException();
        public IReadOnlyList<LossTerm> Loss(Predictions predictions, Batch batch) => throw new NotSupportedException();
        public Scored Score(Predictions predictions, Batch batch) => throw new NotSupportedException();
    }
}
