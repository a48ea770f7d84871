using PluginHost.Libs.Files;
using PluginHost.Libs.Tools.Answers;
using PluginHost.Libs.Tools.Input;
using PluginHost.Libs.Tools.Strands;

namespace PluginHost.Plugins.Interpret.Embeddings;

using static TorchSharp.torch;

/// <summary>The vectors of sequences, in their order: by a model, and by counts of words, which needs none.</summary>
/// <param name="model">Any with states of tokens.</param>
/// <param name="options">Layer, pooling, strands.</param>
internal sealed class SequenceVectors(TrainedModel model, EmbeddingOptions options)
{
    /// <summary>Bases of the words that are counted.</summary>
    public const int Word = 4;

    private readonly LayerStates states = new(model, options.Layer);
    private readonly StatePooling pooling = new(model, options.Pooling);

    /// <summary>What they are called.</summary>
    public string Layer => states.Name;

    /// <summary>Bases beyond what the model takes.</summary>
    public long Dropped { get; private set; }

    /// <summary>Refuses what the model has not.</summary>
    /// <exception cref="UsageException">It has no such layer or token.</exception>
    public void Check()
    {
        states.Check();
        pooling.Check();
        using var scope = NewDisposeScope();
        foreach (var (batch, _) in model.Batches(ListedSource.ProbeOf(model), new() { TokensOnly = true })) states.Of(batch);
    }

    /// <summary>The model's.</summary>
    /// <param name="samples">Some.</param>
    /// <param name="progress">Is told how many are done.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="DataException">A sequence has no token that stands for bases.</exception>
    public float[][] Of(IReadOnlyList<Sample> samples, Action<long> progress, CancellationToken cancellation)
    {
        var joiner = new StrandJoiner<float[]>(options.BothStrands, StrandedSource.Mean);
        List<float[]> vectors = [];
        Dropped = 0;
        foreach (var (batch, places) in model.Batches(joiner.Read(new ListedSource(samples)),
            new() { BatchTokens = options.BatchTokens, TokensOnly = true }))
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Dropped += batch.Encodings.Sum(e => (long)e.DroppedBases);
            var means = pooling.Means(states.Of(batch), batch);
            for (var b = 0; b < means.Count; b++)
            {
                if (!means[b].All(float.IsFinite))
                    throw new DataException($"{batch.Samples[b].Where}: its vector is not finite; no token stands for bases, or the model "
                        + "gives no number. Leave the sequence out.");
                joiner.Add(places[b], means[b]);
            }
            while (joiner.TryTake(out var vector)) vectors.Add(vector);
            progress(vectors.Count);
        }
        return [.. vectors];
    }

    /// <summary>Shares of the words of four bases, 256 numbers; a word with another letter counts for none.</summary>
    public static float[] OfWords(string sequence)
    {
        var shares = new float[1 << (2 * Word)];
        var (total, run, code) = (0, 0, 0);
        foreach (var letter in sequence)
        {
            var at = "ACGT".IndexOf(char.ToUpperInvariant(letter));
            (run, code) = at < 0 ? (0, 0) : (run + 1, (code << 2 | at) & (shares.Length - 1));
            if (run < Word) continue;
            shares[code]++;
            total++;
        }
        for (var w = 0; w < shares.Length && total > 0; w++) shares[w] /= total;
        return shares;
    }

    /// <summary>Warns of bases that the model did not read.</summary>
    public void Warn(ToolContext context)
    {
        if (Dropped > 0)
            context.Warn($"{Wording.Counted(Dropped, "base")} beyond the {model.Backbone.Shape.MaxTokens:N0} tokens that {model.Name} "
                + "takes are not in the vectors; 'host embed' cuts longer sequences into windows.");
    }
}
