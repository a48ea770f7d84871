namespace MyPlugin.Tests;

public sealed class DecoderTests
{
    private readonly Workbench bench = new(new Entry());

    [Fact]
    public void Draws_follow_from_seed_and_row_alone() => Assert.Equal(Write(seed: 1), Write(seed: 1));

    [Fact]
    public void Other_seeds_draw_others() => Assert.NotEqual(Write(seed: 1), Write(seed: 2));

    [Fact]
    public void Its_options_are_kept() => OptionsChecks.Run(bench.Offer<IDecoder>("my-plugin"));

    private int[] Write(ulong seed)
    {
        var vocabulary = new Vocabulary(["A", "C", "G", "T"], []);
        var decoding = bench.Build<IDecoder>("my-plugin").Begin(new(1, vocabulary, new(20) { Seed = seed }));
        for (var step = 1; step <= 20; step++) decoding.Choose(new Even(step == 20));
        return [.. decoding.Finish().Single().Tokens];
    }

    /// <summary>Any base is as likely as any other.</summary>
    private sealed class Even(bool last) : DecodeStep
    {
        private readonly float[] logs = [.. Enumerable.Repeat(MathF.Log(0.25f), 4)];

        public override int Count => 1;

        public override ReadOnlySpan<float> LogProbabilities(int sequence) => logs;

        public override DecodeEnd? Ends(int sequence, int token) => last ? DecodeEnd.Limit : null;
    }
}
