namespace PluginHost.Plugins.MultiLabel;

/// <summary>Probabilities of labels as a scored batch; the model and every baseline go through here.</summary>
internal static class LabelScores
{
    /// <summary>Name of the loss.</summary>
    public const string Term = "multi-label";

    /// <summary>One batch.</summary>
    /// <param name="ids">Sample ids, axis N.</param>
    /// <param name="probabilities">That each label holds, axes N C.</param>
    /// <param name="targets">1, 0 or NaN, axes N C.</param>
    public static Scored Of(string[] ids, float[,] probabilities, float[,] targets)
    {
        var (loss, known) = (0.0, 0L);
        for (var n = 0; n < ids.Length; n++)
            for (var c = 0; c < targets.GetLength(1); c++)
            {
                if (float.IsNaN(targets[n, c])) continue;
                known++;
                // Single precision cannot tell a certain error from an infinite loss: count it as the smallest positive number.
                loss -= Math.Log(Math.Max(targets[n, c] == 1 ? probabilities[n, c] : 1 - probabilities[n, c], 1e-38f));
            }
        return new()
        {
            Ids = ids,
            Outputs = probabilities,
            Targets = known == 0 ? null : targets,
            Losses = known == 0 ? [] : [new(Term, loss, known, 1)],
        };
    }
}
