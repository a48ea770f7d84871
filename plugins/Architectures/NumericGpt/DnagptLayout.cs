using PluginHost.Checkpoints;
using PluginHost.Libs.Blocks.Checkpoints;

namespace PluginHost.Plugins.NumericGpt;

/// <summary>
/// DNAGPT as released (github.com/TencentAILabHealthcare/DNAGPT): a <c>.pth</c> file and nothing else, so sizes are read from the shapes.
/// The
/// number of attention heads shows in none: a <c>config.json</c> as this host exports it says it, and otherwise the released widths have
/// one each.
/// </summary>
internal sealed class DnagptLayout : ICheckpointLayout
{
    private const string Tokens = "transformer.wte.weight", Positions = "transformer.wpe.weight", Layers = "transformer.h.";

    /// <summary>Attention heads by width, as released.</summary>
    private static readonly Dictionary<long, long> attentionHeads = new() { [768] = 12, [2048] = 64 };

    private const double UsualEpsilon = 1e-5;

    /// <summary>Symbols that are no words, and the letters words are made of.</summary>
    private const int Symbols = 34, Letters = 5, LongestWord = 8;

    public IReadOnlyList<string> NewHeads { get; } = ["token", "number"];

    public CheckpointPlan Plan(CheckpointContent content)
    {
        if (!content.Tensors.TryGetValue(Tokens, out var table) || table.Shape is not [var rows, var width]
            || !content.Tensors.TryGetValue(Positions, out var places) || places.Shape is not [var positions, _])
            throw new DataException($"The checkpoint has no tables '{Tokens}' and '{Positions}'. Is it of another layout (--as)?");
        var asked = Asked(content);
        var (hasTokens, hasNumbers) = (Has(content, "mlm_head.") || asked == "token", Has(content, "num_regression.") || asked == "number");
        if (!hasTokens)
            throw new DataException("The checkpoint has no token head 'mlm_head.*', without which nothing can be predicted. Ask for one "
                + "with random weights: --new-head token.");
        var (heads, assumed) = Heads(content, width);
        return new CheckpointPlan
        {
            Tokenizer = content.Tokenizer ?? Words(rows),
            Architecture = new("numeric-gpt", new Dictionary<string, object?>
            {
                ["layers"] = (long)content.CountNumbered(Layers), ["width"] = width, ["maxPositions"] = positions,
                ["initialization"] = "release",
                ["attentionHeads"] = heads,
            }),
            Objective = hasNumbers ? new("dna-multitask") : new("causal-lm"),
            Heads = hasNumbers
                ? new Dictionary<string, ComponentSpec> { ["lm"] = new("token-head"), ["numbers"] = new("number-head") }
                : new Dictionary<string, ComponentSpec> { ["lm"] = new("token-head") },
            // Buffers of attention masks that some versions stored.
            LeftOut = content.Tensors.Keys.Where(n =>
                n.EndsWith(".attn.bias", StringComparison.Ordinal) && content.Tensors[n].Shape.Count > 2)
                .ToDictionary(n => n, _ => "a causal mask, not a weight"),
            New = asked switch { "token" => ["mlm_head."], "number" => ["num_regression."], _ => [] },
            Notes = assumed ? [$"A width of {width} is no released one: {heads} attention heads are assumed; give the number with --set "
                + "architecture.attentionHeads=N."] : [],
        };
    }

    /// <summary>Refuses what DNAGPT's code would compute otherwise.</summary>
    /// <exception cref="DataException">Says what.</exception>
    public static void CheckExport(NumericGptOptions options, ExportedParts parts)
    {
        const string none = "No published layout holds this model: ";
        if (parts.Heads.Values.FirstOrDefault(h => h.StatePrefix is not ("mlm_head" or "num_regression")) is { } other)
            throw new DataException(none
                + $"DNAGPT's code has a token head and a number head, and none of weights '{other.StatePrefix}.*'. "
                + "Train with 'answer-token-head', 'answer-labels-head' or 'answer-number-head', which have its names.");
        if (parts.Tokenizer.Vocabulary.Find("<M>") is null)
            throw new DataException(none + "DNAGPT's code makes tokens by itself, of another vocabulary than this model's. Train with "
                + "'token-language'.");
        if (options.LayerNormEpsilon != UsualEpsilon || parts.HeadSpecs.Values.Any(s =>
            s.With.TryGetValue("layerNormEpsilon", out var own) && Convert.ToDouble(own) != UsualEpsilon))
            throw new DataException(none + "DNAGPT's code has 1e-5 in every layer norm, and 'layerNormEpsilon' is another here.");
    }

    private string? Asked(CheckpointContent content) => content.NewHead switch
    {
        null => null,
        "token" when Has(content, "mlm_head.") =>
            throw new UsageException("--new-head token: the checkpoint has this head, 'mlm_head.*'; leave the option out to use it."),
        "number" when Has(content, "num_regression.") =>
            throw new UsageException(
                "--new-head number: the checkpoint has this head, 'num_regression.*'; leave the option out to use it."),
        var known => known,
    };

    private static bool Has(CheckpointContent content, string beginning) =>
        content.Tensors.Keys.Any(n => n.StartsWith(beginning, StringComparison.Ordinal));

    private static (long Heads, bool Assumed) Heads(CheckpointContent content, long width)
    {
        if (content.FindFile("config.json") is not null && new ConfigReader(content.Config).Whole("n_head") is { } told)
            return (told, false);
        return attentionHeads.TryGetValue(width, out var released) ? (released, false) : (Math.Max(1, width / 64), true);
    }

    /// <summary>
    /// The vocabulary of so many tokens: all words of 1 to k bases (released for k 6: 19,564), or those of k only (15,659).
    /// </summary>
    private static ComponentSpec Words(long rows)
    {
        long shorter = 0, power = 1;
        for (var k = 1; k <= LongestWord; k++)
        {
            power *= Letters;
            shorter += power;
            if (rows == Symbols + shorter || rows == Symbols + power)
                return new("token-language", new Dictionary<string, object?>
                {
                    ["vocabulary"] = rows == Symbols + shorter ? "dynamic" : "fixed", ["k"] = (long)k, ["template"] = "{sequence}",
                });
        }
        throw new DataException($"The token table has {rows:N0} rows, which fit no vocabulary of {Symbols} symbols and words up to "
            + $"{LongestWord} bases. Is it of another layout (--as)?");
    }
}
