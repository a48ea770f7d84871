namespace PluginHost.Libs.Blocks.Checkpoints;

/// <summary>Which of BERT's heads a checkpoint has, or is to be given, and what follows for the model.</summary>
public sealed class BertHeads
{
    /// <summary>The names by which <c>--new-head</c> asks for one.</summary>
    public const string MaskedLm = "masked-lm", Classify = "classify";

    /// <summary>The field of <c>config.json</c> that tells what a head reads which no published class has, and its values.</summary>
    internal const string PoolingField = "classifier_pooling", Mean = "mean", MeanOfBases = "mean-without-special-tokens",
        PerToken = "none";

    /// <summary>What the names of heads begin with, before the dot; the last two are of exports alone.</summary>
    internal const string LmRoot = "cls.predictions", ClassRoot = "classifier", MeanRoot = "mean_classifier",
        TokenRoot = "token_classifier";

    private const string LmPrefix = LmRoot + ".", ClassPrefix = ClassRoot + ".", PoolerPrefix = "bert.pooler.";

    private static readonly Dictionary<string, string> otherHeads = new()
    {
        ["cls.seq_relationship."] = "next sentence prediction, which DNA models do not use",
    };

    private readonly BertNames names;
    private readonly ConfigReader config;
    private readonly string chosen;
    private readonly bool isNew;

    /// <param name="names">The checkpoint's.</param>
    /// <exception cref="DataException">There is no head, and none was asked for.</exception>
    /// <exception cref="UsageException">The one asked for is unknown, or is there.</exception>
    public BertHeads(BertNames names)
    {
        this.names = names;
        config = new ConfigReader(names.Content.Config);
        var asked = names.Content.NewHead;
        isNew = asked is not null;
        chosen = asked ?? (names.HasAny(ClassPrefix) ? Classify : names.HasAny(LmPrefix) ? MaskedLm
            : throw new DataException($"The checkpoint has no head, neither '{LmPrefix}*' nor '{ClassPrefix}*'. Ask for one with random "
                + $"weights: --new-head {MaskedLm} or --new-head {Classify}."));
        if (asked is not null && names.HasAny(asked == Classify ? ClassPrefix : LmPrefix))
            throw new UsageException($"--new-head {asked}: the checkpoint has this head, "
                + $"'{(asked == Classify ? ClassPrefix : LmPrefix)}*'; leave the option out to use it.");
    }

    /// <summary>Whether the model has a pooler: the checkpoint's, or a new one where a new classifier reads it.</summary>
    public bool HasPooler => names.HasAny(PoolerPrefix) || (isNew && chosen == Classify);

    /// <summary>Whether the bias a token is found under <c>decoder.bias</c> alone.</summary>
    private bool BiasInDecoder => names.Has(LmPrefix + "decoder.bias") && !names.Has(LmPrefix + "bias");

    /// <summary>Whether the model was trained with the head's matrix apart from the embedding, as its configuration says.</summary>
    private bool IsUntied => config.Flag("tie_word_embeddings") == false && names.Has(LmPrefix + "decoder.weight");

    /// <summary>The objective.</summary>
    /// <param name="pretraining">What the masked-LM head is trained with.</param>
    public ComponentSpec Objective(string pretraining) => chosen == MaskedLm ? new(pretraining)
        : new ClassifierTask(config, isNew ? null : names.Shape(ClassPrefix + "weight"), IsPerToken, isNew).Objective(Pooling());

    /// <summary>The heads by role, with their options.</summary>
    /// <param name="epsilon">The configuration's, for layer norms.</param>
    public IReadOnlyDictionary<string, ComponentSpec> Specs(double epsilon)
    {
        if (chosen != MaskedLm) return new Dictionary<string, ComponentSpec>();
        var options = new Dictionary<string, object?> { ["layerNormEpsilon"] = epsilon };
        if (BiasInDecoder) options["biasInDecoder"] = true;
        if (IsUntied) options["tied"] = false;
        return new Dictionary<string, ComponentSpec> { ["lm"] = new("masked-lm-head", options) };
    }

    /// <summary>State names that stand for the same tensor.</summary>
    public IReadOnlyDictionary<string, string> Ties
    {
        get
        {
            var ties = new Dictionary<string, string>();
            if (!IsUntied) ties[LmPrefix + "decoder.weight"] = "bert.embeddings.word_embeddings.weight";
            if (!BiasInDecoder) ties[LmPrefix + "decoder.bias"] = LmPrefix + "bias";
            return ties;
        }
    }

    private bool IsPerToken => names.Files(ClassPrefix).Any(f => f.StartsWith(TokenRoot + ".", StringComparison.Ordinal))
        || config.Architectures().Any(a => a.EndsWith("ForTokenClassification", StringComparison.Ordinal));

    /// <summary>The options of an objective whose head reads another thing than [CLS].</summary>
    private Dictionary<string, object?> Pooling() =>
        !names.Files(ClassPrefix).Any(f => f.StartsWith(MeanRoot + ".", StringComparison.Ordinal)) ? []
            : config.Text(PoolingField) == MeanOfBases ? new() { ["pooling"] = "mean", ["skipSpecialTokens"] = true }
            : new() { ["pooling"] = "mean" };

    /// <summary>Tensors left out, by file name.</summary>
    public Dictionary<string, string> LeftOut()
    {
        var left = new Dictionary<string, string>();
        foreach (var name in names.Files("bert.embeddings.position_ids")) left[name] = "the numbers 0, 1, 2, ..., not weights";
        foreach (var (beginning, why) in otherHeads)
            foreach (var name in names.Files(beginning)) left[name] = why;
        foreach (var name in names.Files(chosen == Classify ? LmPrefix : ClassPrefix))
            left[name] = chosen == Classify ? "the masked-LM head, beside a classifier" : "the classifier, beside a masked-LM head";
        return left;
    }

    /// <summary>What starts at random, by the beginnings of state names.</summary>
    public IReadOnlyList<string> New => !isNew ? [] : chosen == MaskedLm ? [LmPrefix] : names.HasAny(PoolerPrefix) ? [ClassPrefix]
        : [ClassPrefix, PoolerPrefix];
}
