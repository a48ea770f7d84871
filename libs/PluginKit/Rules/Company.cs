namespace PluginHost.PluginKit.Rules;

/// <summary>Puts the tokenizer and the backbone on the bench that a component is tried beside.</summary>
internal static class Company
{
    private static readonly Type[] besideTokenizer = [typeof(Backbone), typeof(IObjective), typeof(Head)];

    /// <summary>Those of the example; else the plugin's own, where they can be built of defaults; else the smallest there are.</summary>
    public static void Set(Subject subject)
    {
        var (bench, example) = (subject.Bench, subject.Example);
        bench.Use((ITokenizer?)null);
        bench.Use((Backbone?)null);
        if (!besideTokenizer.Contains(subject.Offer.Kind)) return;
        bench.Use(example.Tokenizer is { } tokenizer ? bench.Build<ITokenizer>(tokenizer)
            : Own<ITokenizer>(subject, KeepsToItsVocabulary) ?? new SmallTokenizer());
        if (subject.Offer.Kind == typeof(Backbone)) return;
        bench.Use(example.Architecture is { } architecture ? bench.Build<Backbone>(architecture)
            : Own<Backbone>(subject, _ => true) ?? new SmallBackbone(bench.Tokenizer.Vocabulary.Count));
    }

    /// <summary>What is tried beside a tokenizer of unknown ids would be blamed for them.</summary>
    private static bool KeepsToItsVocabulary(ITokenizer tokenizer) =>
        tokenizer.Encode(new Sample("company", SampleDna.Sequence(new SeededRandom(1), 24)), new EncodeContext())
            .Ids.ToArray().All(id => id >= 0 && id < tokenizer.Vocabulary.Count);

    private static T? Own<T>(Subject subject, Func<T, bool> serves) where T : class
    {
        foreach (var offer in subject.Bench.Offers.Where(o => o.Kind == typeof(T)))
            try
            {
                var own = (T)subject.Bench.Build(offer, subject.Examples[Subject.NameOf(offer)].Options);
                if (own is ITokenizer tokenizer) TokenizerChecks.Check(tokenizer, tokenizer.Alphabet.Example(20), new EncodeContext());
                return own;
            }
            // It has verdicts of its own; this one is tried beside another.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                continue;
            }
        return null;
    }
}
