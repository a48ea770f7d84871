namespace PluginHost.Plugins.Ensemble;

/// <summary>One vocabulary of an ensemble: its tokenizer, and the way to the shared ids and back.</summary>
internal sealed class Member
{
    /// <summary>A cut may break tokens up at its ends.</summary>
    private const int EdgeTokens = 8;

    private readonly VocabularyOptions options;
    private readonly ITokenizer tokenizer;
    private readonly int[] sharedIds;
    private readonly Dictionary<int, int> ownIds;
    private readonly int prompt;
    private readonly int? classification;

    public Member(VocabularyOptions options, ITokenizer tokenizer, Vocabulary shared)
    {
        this.options = options;
        this.tokenizer = tokenizer;
        prompt = shared.Find(PromptOf(options))!.Value;
        classification = tokenizer.Vocabulary.Classification;
        sharedIds = [.. tokenizer.Vocabulary.Tokens.Select(text => shared.Find(text)!.Value)];
        ownIds = sharedIds.Select((shared, own) => (shared, own)).ToDictionary(x => x.shared, x => x.own);
    }

    /// <summary>Its name.</summary>
    public string Name => options.Prompt;

    /// <summary>Shared id of the prompt token.</summary>
    public int Prompt => prompt;

    /// <summary>How often it is drawn.</summary>
    public double Weight => options.Weight;

    /// <summary>The token that announces a vocabulary.</summary>
    public static string PromptOf(VocabularyOptions options) => $"[{options.Prompt}]";

    public int CountTokens(Sample sample, EncodeContext context) =>
        tokenizer.CountTokens(sample, Inner(context)) + (context.SpecialTokens ? 1 : 0);

    /// <summary>The most tokens that any draw gives: a cut sequence is held to its share of the whole one's tokens.</summary>
    public int MostTokens(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence.Length;
        if (bases <= options.Shortest || bases == 0) return CountTokens(sample, context);
        // Of the whole sequence: a limit would hide how dense the tokens are.
        var whole = CountTokens(sample, context with { MaxTokens = int.MaxValue });
        var share = options.Longest is { } longest ? Math.Min(1.0, (double)longest / bases) : 1;
        return (int)Math.Min(context.MaxTokens, Math.Ceiling(whole * share) + EdgeTokens);
    }

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        var encoding = tokenizer.Encode(sample, Inner(context));
        var add = context.SpecialTokens ? 1 : 0;
        var ids = new int[encoding.Ids.Length + add];
        var spans = new BaseSpan[ids.Length];
        var at = encoding.Ids.Length > 0 && encoding.Ids[0] == classification ? 1 : 0;
        for (var i = 0; i < encoding.Ids.Length; i++)
        {
            var to = i < at ? i : i + add;
            ids[to] = sharedIds[encoding.Ids[i]];
            spans[to] = encoding.Spans[i];
        }
        if (add > 0) ids[at] = prompt;
        return new(ids, spans) { DroppedBases = encoding.DroppedBases };
    }

    /// <summary>A stretch of a length drawn from the vocabulary's own distribution (A.1.3), at a place drawn uniformly.</summary>
    public EncodedSequence EncodeCut(Sample sample, EncodeContext context)
    {
        var bases = sample.Sequence.Length;
        var random = context.Random!;
        if (options.Longest is not { } longest) return Encode(sample, context);
        var wanted = random.NextDouble() < options.LongestShare ? longest : random.Next(options.Shortest, longest + 1);
        var length = Math.Min(wanted, bases);
        var start = (int)random.Next(bases - length + 1L);
        if (length == bases) return Encode(sample, context);
        var limit = Math.Min(context.MaxTokens, MostTokens(sample, context));
        var cut = Encode(sample with { Sequence = sample.Sequence.Substring(start, length) }, context with { MaxTokens = limit });
        var spans = cut.Spans.Select(s => s.Length == 0 ? s : new BaseSpan(s.Start + start, s.End + start)).ToArray();
        // What was cut off on purpose is not lost; what the model's own limit cut off is.
        return new(cut.Ids, spans) { DroppedBases = limit < context.MaxTokens ? 0 : cut.DroppedBases };
    }

    /// <summary>Whether the vocabulary has all the ids.</summary>
    public bool Knows(ReadOnlySpan<int> ids, Vocabulary shared)
    {
        foreach (var id in ids)
            if (!ownIds.ContainsKey(id) && !shared.IsSpecial(id)) return false;
        return true;
    }

    public string Decode(ReadOnlySpan<int> ids)
    {
        var own = new List<int>(ids.Length);
        foreach (var id in ids)
            if (ownIds.TryGetValue(id, out var known)) own.Add(known);
        return tokenizer.Decode([.. own]);
    }

    /// <summary>Saves the tokenizer's files under names that begin with the vocabulary's.</summary>
    public IEnumerable<string> Save(string folder)
    {
        var aside = Directory.CreateDirectory(Path.Combine(folder, $".{Name}")).FullName;
        try
        {
            foreach (var file in tokenizer.Save(aside))
            {
                File.Move(Path.Combine(aside, file), Path.Combine(folder, SavedPrefix(options) + file), overwrite: true);
                yield return SavedPrefix(options) + file;
            }
        }
        finally
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    /// <summary>What the names of its saved files begin with.</summary>
    public static string SavedPrefix(VocabularyOptions options) => options.Prompt + ".";

    private EncodeContext Inner(EncodeContext context)
    {
        if (!context.SpecialTokens) return context with { Random = null };
        return context.MaxTokens > 1
            ? context with { MaxTokens = context.MaxTokens == int.MaxValue ? int.MaxValue : context.MaxTokens - 1, Random = null }
            : throw new UsageException(
                $"A limit of {context.MaxTokens} tokens leaves no room for bases beside the prompt; allow at least 4.");
    }
}
