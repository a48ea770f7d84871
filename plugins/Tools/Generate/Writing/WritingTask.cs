using PluginHost.Libs.Files;
using PluginHost.Libs.Tools.Writing;
using PluginHost.Plugins.Generate.Prompts;

namespace PluginHost.Plugins.Generate.Writing;

/// <summary>What a model is to write: what it starts from, what it must keep to, and which of it counts.</summary>
internal sealed class WritingTask
{
    private readonly GenerateOptions options;
    private readonly TrainedModel model;
    private readonly HashSet<int> forbidden;
    private readonly TokenTexts texts;
    private readonly StartMaker starts;
    private readonly MaskedTemplate? masked;
    private readonly string begin;
    private readonly Dictionary<(int Again, bool GoesOn), int> nearest = [];

    /// <param name="options">Validated.</param>
    /// <param name="model">Writes.</param>
    /// <exception cref="UsageException">An option does not go with the model.</exception>
    public WritingTask(GenerateOptions options, TrainedModel model)
    {
        (this.options, this.model) = (options, model);
        if (!model.Heads.Values.Any(h => h.Predicts.EndsWith('V')))
            throw new UsageException($"{model.Name}: it has no head that predicts tokens; use a model that was pretrained to predict "
                + "them.");
        Frame = new Frame(model);
        var tokens = new TokenChoice(options, model);
        Stop = tokens.Stop(Frame);
        forbidden = tokens.Forbidden(Stop);
        texts = new TokenTexts(model.Tokenizer, forbidden);
        begin = model.Tokenizer.Alphabet.Normalize(options.Begin, $"--begin {options.Begin}");
        if (texts.Bases.All(b => b.Length == 0))
            throw new UsageException($"No token of {model.Name} is left to write with; allow more by --alphabet and --forbid.");
        starts = new StartMaker(model, Frame, texts);
        if (begin.Length > 0) RefuseForeign("--begin", begin);
        if (Frame.Kind == WritingKind.FillsIn) masked = Masked();
        else if (options.Passes is not null)
            throw new UsageException($"--passes: {model.Name} writes token by token; passes are those of a model that fills in masks.");
        if (options.Length is { } length) RefuseTooLong(length);
        else if (Most is null && options.MaxTokens is null)
            throw new UsageException($"{model.Name} has no limit of its own: say with --length or --max-tokens where sequences end.");
    }

    /// <summary>What stands around sequences.</summary>
    public Frame Frame { get; }

    /// <summary>The token that ends a sequence; null for none.</summary>
    public int? Stop { get; }

    /// <summary>Tokens that are never chosen.</summary>
    public IReadOnlyCollection<int> Forbidden => forbidden;

    /// <summary>Whether sequences are written freely and count only where they stop as they should.</summary>
    public bool MayDiscard => options.Length is not null && !options.Exact && Stop is not null;

    /// <summary>Most tokens that the model takes of what grows.</summary>
    public int? Most => (model.Backbone as IIncremental)?.MaxGrown;

    /// <summary>Limits of a batch.</summary>
    /// <param name="starts">By row.</param>
    /// <param name="numbers">What draws follow from, by row.</param>
    public DecodeLimits Limits(IReadOnlyList<Start> starts, IReadOnlyList<long> numbers) => new(Tokens(starts))
    {
        Stop = Stop is { } stop ? [stop] : [],
        Forbidden = forbidden,
        Seed = options.Seed,
        Numbers = numbers,
        ModelFormat = options.ModelFormat,
        Passes = options.Passes,
        Rule = starts.All(s => Rules(s) is null) ? null : row => Rules(starts[row]) ?? new AllRules(),
    };

    /// <summary>What the model starts from for a prompt; null for none.</summary>
    /// <exception cref="UsageException">It cannot start, or has no room for what is to be written.</exception>
    public Start Start(Sample? prompt)
    {
        var start = starts.Make(prompt);
        if (options.Length is { } length && Frame.GrowsOnPrompt)
            RefuseTooLong(length + start.Again.Length, start.Encoding.Ids.Length, prompt?.Where ?? "what stands before a sequence");
        return start;
    }

    /// <summary>A start as the model reads it for one record.</summary>
    public Start Prepared(Start start, long number) => masked is null ? start
        : start with { Encoding = masked.Make(start.Id.Length > 0 ? start.Sample : null, (ulong)number) };

    /// <summary>The tokens of a record.</summary>
    /// <param name="start">As it was prepared.</param>
    /// <param name="written">What the model wrote.</param>
    public IReadOnlyList<int> Whole(Start start, IReadOnlyList<int> written) => masked?.Filled(start.Encoding, written) ?? written;

    /// <summary>Whether a sequence is what was asked for.</summary>
    public bool Counts(Start start, WrittenSequence sequence) =>
        !MayDiscard || sequence.End == DecodeEnd.Stop && Bases(start, sequence).Length == options.Length;

    /// <summary>How many tokens of a sequence stand for bases or end it.</summary>
    public int Count(WrittenSequence sequence) => sequence.Tokens.Count(t => t == Stop || !model.Tokenizer.Vocabulary.IsSpecial(t));

    /// <summary>The bases of a sequence: what was written, without what its prompt holds already.</summary>
    public string Bases(Start start, WrittenSequence sequence)
    {
        var bases = model.Tokenizer.Decode([.. sequence.Tokens.Where(t => t != Stop)]);
        var known = start.Again.Length + (Frame.Kind == WritingKind.FillsIn ? start.Bases.Length : GoesOn(start) ? texts.Overlap : 0);
        return bases[Math.Min(known, bases.Length)..];
    }

    /// <summary>Bases that a sequence will have where it ends at a length that tokens can make; null where it ends by itself.</summary>
    /// <exception cref="UsageException">No token is short enough.</exception>
    public int? Makes(Start start)
    {
        if (options.Length is not { } length || MayDiscard || masked is not null) return null;
        var key = (start.Again.Length, GoesOn(start));
        if (!nearest.TryGetValue(key, out var makes))
            nearest[key] = makes = texts.Nearest(length + start.Again.Length, GoesOn(start)) - start.Again.Length;
        return makes > 0 ? makes : throw new UsageException($"--length {length:N0}: no token of {model.Name} that may be written is so "
            + "short; ask for more bases.");
    }

    private bool GoesOn(Start start) => Frame.Kind == WritingKind.GoesOn && start.Bases.Length > 0;

    private int Tokens(IReadOnlyList<Start> starts) => options.MaxTokens
        ?? (options.Length is { } length ? length + 1 + starts.Max(s => s.Again.Length) : Most!.Value);

    private DecodeRule? Rules(Start start)
    {
        if (masked is not null) return null;
        List<DecodeRule> rules = [];
        if (start.Again + begin is { Length: > 0 } beginning) rules.Add(new Beginning(texts, beginning, GoesOn(start)));
        if (Makes(start) is { } makes)
            rules.Add(new ExactBases(texts, makes + start.Again.Length, GoesOn(start) ? start.Bases : ""));
        else if (options.Length is { } length) rules.Add(new AtMostBases(texts, length + start.Again.Length, GoesOn(start)));
        return AllRules.Of(rules);
    }

    private MaskedTemplate Masked()
    {
        if (model.Tokenizer.Vocabulary.Mask is null)
            throw new UsageException($"{model.Name}: the architecture '{model.Backbone.GetName()}' cannot write token by token, and the "
                + "tokenizer has no mask to fill in.");
        if (options.Length is null)
            throw new UsageException($"{model.Name} fills in masks: say with --length how many bases.");
        if (options is { MaxTokens: not null } or { NoRepeat: not null } or { RepetitionPenalty: not null })
            throw new UsageException($"{model.Name} fills in masks in any order: --max-tokens, --no-repeat and --repetition-penalty are "
                + "for models that write token by token.");
        forbidden.UnionWith(MaskedTemplate.Strange(model.Tokenizer, texts));
        return new(model, Frame, texts, options) { Begin = begin };
    }

    private void RefuseForeign(string option, string bases)
    {
        var letters = texts.Bases.SelectMany(b => b).ToHashSet();
        var at = bases.AsSpan().IndexOfAnyExcept([.. letters]);
        if (at >= 0)
            throw new UsageException($"{option} {bases}: '{bases[at]}' at position {at + 1:N0} cannot be written; {model.Name} may write "
                + $"{string.Concat(letters.Order())}.");
    }

    /// <summary>Refuses a length that not even the longest tokens make in the room there is.</summary>
    /// <param name="length">In bases.</param>
    /// <param name="taken">Tokens of the prompt.</param>
    /// <param name="where">The prompt, for messages; null where none is known yet.</param>
    private void RefuseTooLong(int length, int taken = 0, string? where = null)
    {
        var longest = texts.Bases.Max(b => b.Length) - texts.Overlap;
        var needed = (length - texts.Overlap + longest - 1) / longest + (MayDiscard ? 1 : 0);
        if (Frame.Kind != WritingKind.FillsIn && Most is { } most && needed > most - taken)
            throw new UsageException($"--length {length:N0}: {model.Name} takes {Wording.Counted(most, "token")} of at most "
                + $"{Wording.Counted(longest, "base")}"
                + $"{(taken > 0 ? $", and {where} has {taken:N0} already" : "")}; ask for fewer bases.");
    }
}
