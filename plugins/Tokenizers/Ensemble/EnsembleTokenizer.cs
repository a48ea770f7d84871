using PluginHost.Libs.Files;

namespace PluginHost.Plugins.Ensemble;

/// <summary>
/// Encodes each sample with one of several vocabularies that share their ids, and says which by a prompt token after
/// [CLS] (Genomics-FM, 2.1 and A.1). Training draws vocabulary and length; elsewhere a sample's name decides, so that the
/// same sample is always encoded alike. What a pretrained model is scored on is drawn as in training, from the name.
/// </summary>
/// <remarks>
/// Released code and paper differ in the layout of prompts; this is the paper's: a prompt for the vocabulary only. Prompts are special
/// tokens, hence never masked.
/// </remarks>
internal sealed class EnsembleTokenizer : ITokenizer
{
    public const string FileName = "vocab.txt";

    private readonly Member[] members;
    private readonly Member? active;
    private readonly ActiveFor activeFor;
    private readonly double totalWeight;

    public EnsembleTokenizer(EnsembleOptions options, IReadOnlyList<ITokenizer> tokenizers)
    {
        for (var i = 0; i < tokenizers.Count; i++)
            if (tokenizers[i].Writes.Except([Keys.InputIds, Keys.AttentionMask]).FirstOrDefault() is { } column)
                throw new UsageException($"ensemble: the vocabulary {options.Vocabularies[i].Prompt} also fills the column "
                    + $"'{column.Name}', which the others lack; wrap the ensemble instead.");
        Alphabet = tokenizers[0].Alphabet;
        if (tokenizers.FirstOrDefault(t => !t.Alphabet.Equals(Alphabet)) is { } other)
            throw new UsageException($"ensemble: one vocabulary reads sequences of {Alphabet.Characters}, another of "
                + $"{other.Alphabet.Characters}; give all the same alphabet.");
        Vocabulary = new UnionVocabulary([.. tokenizers.Select((t, i) => (Member.PromptOf(options.Vocabularies[i]), t.Vocabulary))])
            .Vocabulary;
        SampleFields = tokenizers.SelectMany(t => t.SampleFields).DistinctBy(f => f.Key).ToDictionary();
        members = [.. tokenizers.Select((t, i) => new Member(options.Vocabularies[i], t, Vocabulary))];
        active = members.SingleOrDefault(m => m.Name == options.Active);
        activeFor = options.ActiveFor;
        totalWeight = members.Sum(m => m.Weight);
        if (totalWeight <= 0) throw new UsageException("ensemble: every weight is 0; give at least one vocabulary a weight above 0.");
    }

    public static EnsembleTokenizer Create(EnsembleOptions options, BuildContext context)
    {
        var shared = new EnsembleTokenizer(options,
            [.. options.Vocabularies.Select(v => context.Build<ITokenizer>(v.Tokenizer!, Member.SavedPrefix(v)))]);
        if (context.SavedFile(FileName) is { } saved
            && !SmallFile.ReadLines(saved, TextLimits.Vocabulary, "a vocabulary").SequenceEqual(shared.Vocabulary.Tokens))
            throw new DataException($"{saved}: differs from the union of the saved vocabularies; copy the model folder again.");
        return shared;
    }

    public Vocabulary Vocabulary { get; }

    public Alphabet Alphabet { get; }

    public IReadOnlyDictionary<string, object> SampleFields { get; }

    public int CountTokens(Sample sample, EncodeContext context)
    {
        if (!Draws(sample, context)) return Fixed(sample).CountTokens(sample, context);
        var possible = context.Random is null ? [Choose(Named(sample).NextDouble())] : members.Where(m => m.Weight > 0);
        return possible.Max(m => IsLabelled(sample) ? m.CountTokens(sample, context) : m.MostTokens(sample, context));
    }

    public EncodedSequence Encode(Sample sample, EncodeContext context)
    {
        if (!Draws(sample, context)) return Fixed(sample).Encode(sample, context);
        var random = context.Random ?? Named(sample);
        var drawn = Choose(random.NextDouble());
        return IsLabelled(sample) ? drawn.Encode(sample, context) : drawn.EncodeCut(sample, context with { Random = random });
    }

    /// <summary>By the vocabulary whose prompt is there; without one by the active one, or the first that has all the ids.</summary>
    public string Decode(ReadOnlySpan<int> ids)
    {
        foreach (var id in ids)
        {
            if ((uint)id >= (uint)Vocabulary.Count)
                throw new DataException($"Id {id} is not in the vocabulary of {Vocabulary.Count} tokens.");
            foreach (var member in members)
                if (member.Prompt == id) return member.Decode(ids);
        }
        if (active is not null) return active.Decode(ids);
        foreach (var member in members)
            if (member.Knows(ids, Vocabulary)) return member.Decode(ids);
        throw new DataException("The ids belong to several vocabularies, and no prompt says which of them is meant.");
    }

    public IReadOnlyList<string> Save(string folder)
    {
        File.WriteAllLines(Path.Combine(folder, FileName), Vocabulary.Tokens);
        return [FileName, .. members.SelectMany(m => m.Save(folder))];
    }

    private bool Draws(Sample sample, EncodeContext context) =>
        (context.Random is not null || context.Scoring) && (active is null || (activeFor == ActiveFor.Labelled && !IsLabelled(sample)));

    private Member Fixed(Sample sample) => active ?? Choose(Named(sample).NextDouble());

    private static SeededRandom Named(Sample sample) => new(Hash(sample.Id));

    private Member Choose(double place)
    {
        place *= totalWeight;
        foreach (var member in members)
            if ((place -= member.Weight) < 0) return member;
        return members.Last(m => m.Weight > 0);
    }

    /// <summary>A record's description is the only field that unlabelled sequences have.</summary>
    private static bool IsLabelled(Sample sample) => sample.Fields.Keys.Any(field => field != "description");

    /// <summary>FNV-1a: the same on every platform.</summary>
    private static ulong Hash(string name)
    {
        var hash = 0xcbf29ce484222325UL;
        foreach (var c in name) hash = (hash ^ c) * 0x100000001b3UL;
        return hash;
    }
}
