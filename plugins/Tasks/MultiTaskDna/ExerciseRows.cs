using PluginHost.Libs.NextToken;

namespace PluginHost.Plugins.MultiTaskDna;

using static TorchSharp.torch;

/// <summary>Encodes exercises, appends what they are asked with, and gathers what is asked.</summary>
/// <param name="answers">The tokens of prompts.</param>
/// <param name="unknown">The unknown token, which is never asked for.</param>
internal sealed class ExerciseRows(Answers answers, int? unknown)
{
    private readonly List<Exercise> exercises = [];
    private readonly List<EncodedSequence> encodings = [];

    /// <summary>Adds a row. One that nothing is asked about is a single padding token.</summary>
    public void Add(Exercise exercise, CollateContext context)
    {
        exercises.Add(exercise);
        if (exercise.Task == TaskKind.None)
        {
            encodings.Add(new EncodedSequence([answers.Pad], [BaseSpan.None]));
            return;
        }
        var prompt = exercise.Task switch { TaskKind.Gc => answers.Number, TaskKind.Order => answers.Class, _ => [] };
        encodings.Add(Appended(context.EncodeReserving(exercise.Sample, answers.Longest), prompt));
    }

    /// <summary>Makes the batch.</summary>
    /// <param name="blindly">Whether every place is asked, without labels.</param>
    /// <param name="asksNumbers">Whether the columns of GC contents are written.</param>
    /// <param name="asksOrder">Whether the column of the order task is written.</param>
    /// <returns>The batch, and how many targets each task has in it.</returns>
    public (Batch Batch, long NextTokens, long Orders, long Contents) Write(bool blindly, bool asksNumbers, bool asksOrder)
    {
        var batch = Collation.Pad([.. exercises.Select(e => e.Sample)], encodings, answers.Pad);
        batch.LeftOut = exercises.Count(e => e.Task == TaskKind.None);
        var asked = new AskedTokens((int)batch.Axis("T"));
        List<long> numberPositions = [];
        List<float> contents = [];
        for (var b = 0; b < encodings.Count; b++)
        {
            var encoding = encodings[b];
            if (blindly) asked.AskBlindly(b, encoding);
            else if (exercises[b].Task != TaskKind.None)
                asked.AskAll(b, encoding, t => encoding.Spans[t].Length > 0 && encoding.Ids[t] != unknown);
            if (exercises[b].Task != TaskKind.Gc) continue;
            numberPositions.Add(b * batch.Axis("T") + encoding.Ids.Length - 1);
            contents.Add(exercises[b].Gc);
        }
        var nextTokens = asked.Targets;
        var tokens = asked.Count;
        for (var b = 0; b < encodings.Count; b++)
            if (exercises[b].Task == TaskKind.Order)
                asked.Ask(b, encodings[b].Ids.Length - 1, exercises[b].Flipped ? answers.Flipped : answers.AsRead);
        var orders = asked.Targets - nextTokens;
        asked.Write(batch);
        if (asksOrder) batch.Set(Columns.IsOrder,
            tensor(Enumerable.Range(0, asked.Count).Select(m => m >= tokens && orders > 0).ToArray(), [asked.Count]));
        batch.Set(Columns.IsFlipped, tensor(exercises.Select(e => e.Flipped).ToArray()));
        var targets = contents.Count;
        if (asksNumbers)
        {
            if (targets == 0)
            {
                numberPositions.Add(0);
                contents.Add(float.NaN);
            }
            batch.Set(Keys.NumberPositions, tensor(numberPositions.ToArray(), [contents.Count]))
                .Set(Keys.NumberPositionTargets, tensor(contents.ToArray(), [contents.Count]));
        }
        return (batch, nextTokens, orders, targets);
    }

    private static EncodedSequence Appended(EncodedSequence encoding, int[] prompt)
    {
        if (prompt.Length == 0) return encoding;
        var longer = new EncodedSequence([.. encoding.Ids, .. prompt],
            [.. encoding.Spans, .. prompt.Select(_ => BaseSpan.None)])
        { DroppedBases = encoding.DroppedBases };
        foreach (var (key, values) in encoding.Attached)
            if (values.Rank == 1 && key.AxisNames[1] == "T")
            {
                var extended = Array.CreateInstance(values.GetType().GetElementType()!, longer.Ids.Length);
                values.CopyTo(extended, 0);
                longer.With(key, extended);
            }
            else longer.With(key, values);
        return longer;
    }
}
