using System.Globalization;
using PluginHost.Libs.Tools.Input;

namespace PluginHost.Libs.Tools.Answers;

using static TorchSharp.torch;

/// <summary>Asks a model for what it says of sequences, whatever its architecture, tokenizer and objective.</summary>
/// <param name="model">With heads.</param>
public sealed class ModelOutputs(TrainedModel model)
{
    private OutputKind? kind;
    private IReadOnlyList<string>? names;

    /// <summary>Names of the outputs, axis C.</summary>
    /// <exception cref="UsageException">It says nothing of a sequence.</exception>
    public IReadOnlyList<string> Names
    {
        get
        {
            Check();
            return names!;
        }
    }

    /// <summary>What the outputs are.</summary>
    /// <exception cref="UsageException">It says nothing of a sequence.</exception>
    public OutputKind Kind
    {
        get
        {
            Check();
            return kind!.Value;
        }
    }

    /// <summary>Whether the outputs are probabilities.</summary>
    public bool IsProbability => Kind != OutputKind.Values;

    /// <summary>What the backbone is to be asked for: where all heads read the pooled vector, that alone.</summary>
    public Capture Capture => model.Heads.Values.All(head => head.Reads.All(stream => stream == StreamKey.Pooled))
        ? Capture.PooledAlone : Capture.None;

    /// <summary>The place of an output by its name; the last one where none is named.</summary>
    /// <param name="name">As the model's card has it; null for the last, which of two classes is the positive one.</param>
    /// <param name="option">What names it, for messages.</param>
    /// <exception cref="UsageException">There is no such output.</exception>
    public int Index(string? name, string option) => name is null ? Names.Count - 1
        : Names.ToList().IndexOf(name) is >= 0 and var found ? found
        : throw new UsageException($"{option} {name}: {model.Name} has no such output{Nearest.Hint(name, Names)}; it has: "
            + $"{string.Join(", ", Names)}.");

    /// <summary>Asks with one short sequence what the outputs are.</summary>
    /// <exception cref="UsageException">The objective predicts tokens and nothing of a sequence.</exception>
    public void Check()
    {
        if (kind is not null) return;
        using var scope = NewDisposeScope();
        foreach (var batch in model.Batches(ListedSource.ProbeOf(model), new()))
        {
            _ = Read(batch);
            break;
        }
    }

    /// <summary>What the model says of a batch, in row order; a token labeller's answers of a sequence one behind the other.</summary>
    /// <param name="batch">Made by the objective (<see cref="ModelBatchOptions.TokensOnly"/> is false).</param>
    /// <exception cref="UsageException">The objective predicts tokens and nothing of a sequence.</exception>
    public IReadOnlyList<Answer> Read(ModelBatch batch)
    {
        using var scope = NewDisposeScope();
        return Read(batch, model.Forward(batch.Batch, Capture));
    }

    /// <summary>The same of a batch that the backbone was run over already.</summary>
    /// <param name="batch">Made by the objective.</param>
    /// <param name="output">Of <see cref="TrainedModel.Forward"/> with <see cref="Capture"/> or more.</param>
    /// <exception cref="UsageException">The objective predicts tokens and nothing of a sequence.</exception>
    public IReadOnlyList<Answer> Read(ModelBatch batch, BackboneOutput output)
    {
        // No scope of its own: a stream that is computed when first read lives as long as the scope it is read in, and others read on.
        var scored = model.Objective.Score(model.Predict(output, batch.Batch), batch.Batch);
        if (scored.Ids.Count == 0 || (scored.Probabilities ?? scored.Outputs) is not { } values)
            throw new UsageException($"{model.Name} predicts tokens and nothing of a sequence: fine-tune it first (classify, regress, "
                + "multi-label, token-labels).");
        Learn(scored, values.GetLength(1));
        var answers = new Answer[scored.Ids.Count];
        for (var n = 0; n < answers.Length; n++)
        {
            var row = scored.Rows.Count > 0 ? scored.Rows[n] : n;
            var sample = batch.Batch.Samples[row];
            var of = new float[values.GetLength(1)];
            for (var c = 0; c < of.Length; c++) of[c] = values[n, c];
            answers[n] = new(batch.Places[row], sample, scored.Spans.Count > 0 ? scored.Spans[n] : new(0, sample.Sequence.Length), of);
        }
        return answers;
    }

    private void Learn(Scored scored, int width)
    {
        kind ??= scored.Spans.Count > 0 ? OutputKind.BaseClasses : scored.Probabilities is not null ? OutputKind.Classes
            : model.Objective.Card.ProblemType == "multi_label_classification" ? OutputKind.Labels : OutputKind.Values;
        var card = model.Objective.Card.OutputNames;
        names ??= [.. Enumerable.Range(0, width).Select(c => c < card.Count ? card[c] : c.ToString(CultureInfo.InvariantCulture))];
    }
}
