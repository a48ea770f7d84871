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
    public static Scored Of(string[] ids, float[,] probabilities, float[,] targets) =>
        ScoredItems.Labels(ids, probabilities, targets, Term);
}
