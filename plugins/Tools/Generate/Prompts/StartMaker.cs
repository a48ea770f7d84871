using PluginHost.Libs.Tools.Writing;

namespace PluginHost.Plugins.Generate.Prompts;

/// <summary>Makes of a prompt what the model starts from: the tokens up to the prompt's end, and nothing of what follows a
/// sequence.</summary>
/// <param name="model">Writes.</param>
/// <param name="frame">What stands around sequences.</param>
/// <param name="texts">Bases of the tokens that may be written.</param>
internal sealed class StartMaker(TrainedModel model, Frame frame, TokenTexts texts)
{
    private readonly int longest = texts.Bases.Max(b => b.Length);
    private readonly HashSet<char> letters = [.. texts.Bases.SelectMany(b => b)];

    /// <summary>Makes it.</summary>
    /// <param name="prompt">Null for none.</param>
    /// <exception cref="UsageException">There is no token to start from, or the prompt leaves no room.</exception>
    public Start Make(Sample? prompt)
    {
        var sample = prompt ?? new Sample(TokenTexts.Probe, frame.Probe) { Origin = model.Name };
        // A masked model's is made for each record.
        if (frame.Kind == WritingKind.FillsIn) return new(prompt?.Id ?? "", prompt ?? sample with { Sequence = "" }, new([], []), "");
        var encoding = model.Tokenizer.Encode(sample, new());
        if (frame.Kind == WritingKind.FromSource)
        {
            if (prompt is null)
                throw new UsageException($"{model.Name} writes from a sequence that it reads: give one with --prompt or --prompts.");
            return Fitting(new(sample.Id, sample, frame.Objective is null ? encoding : Source(frame.Objective, sample), ""),
                model.Backbone.Shape.MaxTokens, frame.GrowsOnPrompt ? 1 : 0);
        }
        if (prompt is null)
        {
            var before = Frame.First(encoding, Array.FindIndex(encoding.Spans, s => s.Length > 0));
            return before.Ids.Length > 0 ? new("", sample, before, "") : throw new UsageException(
                $"{model.Name} has nothing to start from: no token stands before its sequences. Give a --prompt, or train it with one, "
                + "such as the template 'R {sequence} !'.");
        }
        var (count, written) = Cut(encoding, sample.Sequence);
        return Fitting(new(sample.Id, sample, Frame.First(encoding, count), sample.Sequence[written..]),
            (model.Backbone as IIncremental)?.MaxGrown, 1);
    }

    /// <summary>
    /// How many tokens are kept, and how many bases they stand for. A token that might have become longer had the sequence gone on is
    /// chosen again.
    /// </summary>
    private (int Count, int Bases) Cut(EncodedSequence encoding, string sequence)
    {
        var last = Array.FindLastIndex(encoding.Spans, s => s.Length > 0);
        if (last < 0) return (encoding.Ids.Length - frame.After.Count, 0);
        var span = encoding.Spans[last];
        if (texts.Overlap > 0) return (last + 1, sequence.Length);
        var (count, bases) = span.End < sequence.Length || span.Length == longest || last == 0 ? (last + 1, span.End) : (last, span.Start);
        // What no token can be written for stays as it was read.
        return sequence.AsSpan(bases).IndexOfAnyExcept([.. letters]) < 0 ? (count, bases) : (last + 1, sequence.Length);
    }

    /// <summary>A source as it was read in training: before a causal model's separator.</summary>
    private EncodedSequence Source(IWritingObjective objective, Sample sample)
    {
        using var prompt = objective.Collate([sample], new CollateContext(model.Tokenizer, int.MaxValue, CollateMode.Predict, new(0)));
        return prompt.Encodings[0];
    }

    private Start Fitting(Start start, int? most, int further) =>
        most is { } limit && start.Encoding.Ids.Length + further > limit ? throw new UsageException(
            $"{start.Sample.Where}: a prompt of {start.Encoding.Ids.Length:N0} tokens"
            + $"{(further > 0 ? " leaves no room in" : " is more than")} the {limit:N0} that {model.Name} takes; shorten it.") : start;
}
