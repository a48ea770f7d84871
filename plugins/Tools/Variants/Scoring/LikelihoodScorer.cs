using PluginHost.Libs.Genomics.Variants;
using PluginHost.Plugins.Variants.Likelihoods;

namespace PluginHost.Plugins.Variants.Scoring;

/// <summary>How much likelier the model finds the window with the alternative. In nats; above 0 where it prefers the alternative.</summary>
internal sealed class LikelihoodScorer : IVariantScorer
{
    private readonly ScoreKind kind;
    private readonly TokenLikelihood likelihood;
    private readonly SharedPrefixes? prefixes;

    /// <exception cref="UsageException">The model has no such likelihood.</exception>
    public LikelihoodScorer(TrainedModel model, ScoreKind kind, int? batchTokens)
    {
        (this.kind, likelihood) = (kind, new(model, batchTokens ?? 8192));
        if (Lacks(model, kind) is { } why)
            throw new UsageException($"--score {kind.ToString().ToLowerInvariant()}: {model.Name} {why}.");
        if (kind == ScoreKind.Causal && SharedPrefixes.Serves(model)) prefixes = new(model, batchTokens ?? 8192);
        var ggrams = model.Tokenizer.Revealing.Count > 0 ? "; G-grams that hold a masked token are not shown" : "";
        Columns = [kind switch
        {
            ScoreKind.Masked => new("masked_llr", "ln p(alt) - ln p(ref), each the sum over the tokens that cover the allele, all of them "
                + $"masked at once; of a deleted allele the tokens over the gap{ggrams}"),
            ScoreKind.Pseudo => new("pseudo_llr", "sum of ln p of each token of the window with alt - the same with ref; with a token all "
                + $"that share a base with it are masked{ggrams}"),
            _ => new("causal_llr", "sum of ln p of each token given those before it, of the window with alt - of that with ref"),
        }];
    }

    /// <inheritdoc/>
    public IReadOnlyList<ScoreColumn> Columns { get; }

    /// <summary>Why a model has no such likelihood; null where it has.</summary>
    public static string? Lacks(TrainedModel model, ScoreKind kind)
    {
        var tokens = new TokenLikelihood(model);
        if (!tokens.IsOffered) return "has no head that predicts the tokens of a sequence, as a masked or causal language model has";
        if (tokens.IsCausal != (kind == ScoreKind.Causal))
            return tokens.IsCausal ? "reads from left to right and masks nothing; use causal" : "sees later tokens; use masked or pseudo";
        if (kind != ScoreKind.Causal && model.Tokenizer.Vocabulary.Mask is null) return "has no mask token";
        return kind != ScoreKind.Causal && HiddenGGrams.Other(model.Tokenizer) is { } telling
            ? $"would be told what is masked by its tokenizer's column '{telling.Name}'" : null;
    }

    /// <inheritdoc/>
    public double[][] Score(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        if (kind == ScoreKind.Causal) return Causal(pairs, cancellation);
        // Equal windows with the allele at equal places are asked for once.
        var places = new Dictionary<AlleleWindow, (int First, int Count)>();
        var rows = new List<HiddenTokens>();
        foreach (var window in pairs.SelectMany(p => (AlleleWindow[])[p.Reference, p.Alternative]))
        {
            var key = kind == ScoreKind.Masked ? window : new(window.Sequence, 0, 0);
            if (places.ContainsKey(key)) continue;
            var first = rows.Count;
            rows.AddRange(kind == ScoreKind.Masked ? [Over(window)] : Each(window.Sequence));
            places[key] = (first, rows.Count - first);
        }
        var of = likelihood.Masked(rows, cancellation);
        double Sum(AlleleWindow window)
        {
            var (first, count) = places[kind == ScoreKind.Masked ? window : new(window.Sequence, 0, 0)];
            return of.AsSpan(first, count).ToArray().Sum();
        }
        return [.. pairs.Select(p => new[] { Sum(p.Alternative) - Sum(p.Reference) })];
    }

    /// <summary>The alleles of one reference window go together: what they begin with is computed once where the model can go on.</summary>
    private double[][] Causal(IReadOnlyList<WindowPair> pairs, CancellationToken cancellation)
    {
        var groups = pairs.GroupBy(p => p.Reference.Sequence, StringComparer.Ordinal)
            .Select(g => (string[])[g.Key, .. g.Select(p => p.Alternative.Sequence).Distinct(StringComparer.Ordinal)]).ToList();
        var encoded = groups.ConvertAll(g => g.Select(likelihood.Encode).ToArray());
        var common = encoded.ConvertAll(SharedPrefixes.Common);
        var sums = groups.ToDictionary(g => g[0], _ => Array.Empty<double>(), StringComparer.Ordinal);
        int[] shared = [.. Enumerable.Range(0, groups.Count).Where(g => prefixes is not null && common[g] > 0)];
        int[] whole = [.. Enumerable.Range(0, groups.Count).Except(shared)];
        if (shared.Length > 0)
            foreach (var (g, of) in shared.Zip(prefixes!.Sums([.. shared.Select(g => encoded[g])], cancellation))) sums[groups[g][0]] = of;
        var rest = likelihood.Causal([.. whole.SelectMany(g => encoded[g].Select(e => (e, common[g])))], cancellation).AsSpan();
        foreach (var g in whole)
        {
            sums[groups[g][0]] = rest[..groups[g].Length].ToArray();
            rest = rest[groups[g].Length..];
        }
        var places = groups.ToDictionary(g => g[0], g => g.Index().Skip(1).ToDictionary(m => m.Item, m => m.Index), StringComparer.Ordinal);
        return [.. pairs.Select(p =>
            new[] { sums[p.Reference.Sequence][places[p.Reference.Sequence][p.Alternative.Sequence]] - sums[p.Reference.Sequence][0] })];
    }

    private HiddenTokens Over(AlleleWindow window)
    {
        var encoding = likelihood.Encode(window.Sequence);
        int[] over =
            [.. Enumerable.Range(0, encoding.Ids.Length).Where(t => encoding.Spans[t].Length > 0 && window.Touches(encoding.Spans[t]))];
        return new(encoding, over, over);
    }

    private IEnumerable<HiddenTokens> Each(string sequence)
    {
        var encoding = likelihood.Encode(sequence);
        for (var t = 0; t < encoding.Ids.Length; t++)
        {
            var span = encoding.Spans[t];
            if (span.Length > 0)
                yield return new(encoding,
                    [.. Enumerable.Range(0, encoding.Ids.Length).Where(o => encoding.Spans[o].Overlaps(span))], [t]);
        }
    }
}
