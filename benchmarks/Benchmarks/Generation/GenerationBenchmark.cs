using static TorchSharp.torch;

namespace PluginHost.Benchmarks;

/// <summary>
/// Models that write: DNAGPT's 0.1 B shape against plain TorchSharp programs with and without a cache, and five beams against five
/// sequences one after another. float32, weights as they start.
/// </summary>
internal static class GenerationBenchmark
{
    /// <summary>512 tokens by one sequence and 128 by 32, beside a loop with a cache.</summary>
    public static void Cached(int rounds)
    {
        var model = ToolModel.Dnagpt(Shape.Base);
        Row(model, "a plain loop with a cache", 1, 512, 1, cached: true, rounds, 1.3);
        Row(model, "a plain loop with a cache", 1, 128, 32, cached: true, rounds, 1.3);
    }

    /// <summary>
    /// Beside the same loop without a cache, which takes hours for all 512 tokens: the last 16 of them by one sequence, and tokens 32 to 64
    /// by 32 sequences.
    /// </summary>
    public static void Uncached(int rounds)
    {
        var model = ToolModel.Dnagpt(Shape.Base);
        Row(model, "the same model without a cache", 496, 512, 1, cached: false, rounds, 5);
        Row(model, "the same model without a cache", 32, 64, 32, cached: false, rounds, 5);
    }

    /// <summary>A source of 500 bases, a target of as many; the peer draws one of five sequences after another.</summary>
    public static void Beam(int rounds)
    {
        const int Length = 500, Beams = 5;
        var model = ToolModel.Enbed();
        var ids = Enumerable.Repeat(model.Model.Tokenizer.Vocabulary.Regular.First(), Length).ToArray();
        var (beams, one) = (model.Decoder("beam", new { width = Beams, best = Beams }), model.Decoder("sample", new { }));
        var (host, peer) = PassTurns.Measure(() => Decode(model, ids, 1, beams, Length, 0), () =>
        {
            for (var i = 0; i < Beams; i++) Decode(model, ids, 1, one, Length, i);
        }, rounds);
        Table.Write($"{Beams} beams, ENBED small, {Length} bases; peer: {Beams} decodes one after another (wanted 1.5)", "ms", host, peer);
    }

    private static void Row(ToolModel model, string peer, int prompt, int length, int batch, bool cached, int rounds, double wanted)
    {
        var vocabulary = model.Model.Tokenizer.Vocabulary;
        var random = new SeededRandom(3);
        int[] ids = [.. Enumerable.Range(0, prompt * batch).Select(_ => (int)random.Next(vocabulary.Count))];
        var greedy = model.Decoder("greedy", new { });
        var (host, plain) = PassTurns.Measure(() => Decode(model, ids, batch, greedy, length - prompt, 0),
            StepRequest.Generate(Shape.Base, vocabulary.Count, prompt, length, batch, cached), rounds);
        Table.Write($"DNAGPT 0.1 B, {batch} sequences from token {prompt} to {length}; peer: {peer} (wanted {wanted})", "ms", host, plain,
            (length - prompt) * batch);
    }

    private static void Decode(ToolModel model, int[] ids, int batch, IDecoder decoder, int tokens, long first)
    {
        var length = ids.Length / batch;
        using var scope = NewDisposeScope();
        var prompts = new Batch([], []) { Tokens = ids.Length, RealTokens = ids.Length };
        prompts.Set(Keys.InputIds, tensor(ids.Select(id => (long)id).ToArray(), [batch, length]));
        prompts.Set(Keys.AttentionMask, ones([batch, length], ScalarType.Bool));
        model.Model.Decode(prompts, decoder, new DecodeLimits(tokens) { FirstRow = first }, default);
    }
}
