using PluginHost;

namespace Distillation;

using static TorchSharp.torch;

/// <summary>
/// A trained model that answers for the batches of another. One with the student's vocabulary reads the very batch, so that it answers at
/// hidden positions too; any other is shown the samples through its own tokenizer, and answers for whole sequences.
/// </summary>
/// <param name="model">Read when first asked.</param>
/// <param name="path">For messages.</param>
/// <param name="role">What it is asked for.</param>
/// <param name="tokenizer">The student's.</param>
internal sealed class Teacher(Lazy<TrainedModel> model, string path, string role, ITokenizer tokenizer)
{
    private bool? readsTheSame;

    /// <summary>Its scores, without gradients: axes as its head has them.</summary>
    /// <exception cref="UsageException">It was not trained for this.</exception>
    public Tensor Answer(Batch batch)
    {
        var teacher = model.Value;
        if (!teacher.Heads.ContainsKey(role))
            throw new UsageException($"distill: the teacher '{path}' has no role '{role}'; it has: "
                + $"{string.Join(", ", teacher.Heads.Keys)}.");
        readsTheSame ??= teacher.Tokenizer.Vocabulary.Tokens.SequenceEqual(tokenizer.Vocabulary.Tokens)
            && teacher.Tokenizer.Writes.ToHashSet().SetEquals(tokenizer.Writes);
        if (readsTheSame.Value) return teacher.Predict(teacher.Forward(batch), batch)[role];
        using var own = teacher.Objective.Collate(batch.Samples, new CollateContext(teacher.Tokenizer,
            teacher.Backbone.Shape.MaxTokens ?? int.MaxValue, CollateMode.Predict, new SeededRandom(0)));
        var placed = teacher.Place(own);
        return teacher.Predict(teacher.Forward(placed), placed)[role];
    }
}
